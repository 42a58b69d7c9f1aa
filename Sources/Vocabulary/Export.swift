/// The folder into which a board's authorised exports are dropped (导出文件夹), and how they are read.
package struct ExportFolder: Sendable, Hashable {
  /// What a column of an export may be. There is none for who wrote: such columns are never read.
  package enum Column: String, CaseIterable, Sendable, Codable {
    /// 标题
    case title
    /// 内容
    case body
    /// 链接
    case link
    /// 发布时间
    case date
    /// 编号: what makes two rows the same letter where there is no link.
    case id
    /// 答复
    case answer
    /// 答复单位
    case unit
    /// 答复时间
    case answered
  }

  /// What becomes of a file that is done (处理完的文件).
  package enum Afterwards: String, CaseIterable, Sendable, Codable {
    /// It stays where it lies, untouched.
    case keep
    /// It is deleted, if every row of it could be read.
    case delete
  }

  package var path: String
  /// The headings under which a column may stand, most likely first.
  package var columns: [Column: [String]]
  package var afterwards: Afterwards

  /// A folder of exports.
  package init(path: String, columns: [Column: [String]], afterwards: Afterwards = .keep) {
    self.path = path
    self.columns = columns
    self.afterwards = afterwards
  }
}

extension ExportFolder {
  /// The headings that boards and letters systems write over their exports.
  package static let usualColumns: [Column: [String]] = [
    .title: ["标题", "留言标题", "信件标题", "诉求标题", "主题", "事项标题", "title"],
    .body: ["内容", "留言内容", "信件内容", "诉求内容", "正文", "事项内容", "反映内容", "content", "body", "text"],
    .link: ["链接", "网址", "原文链接", "留言链接", "link", "url"],
    .date: ["时间", "日期", "留言时间", "发布时间", "来信时间", "提交时间", "登记时间", "date", "time", "publishedAt"],
    .id: ["编号", "留言编号", "信件编号", "工单编号", "诉求编号", "事项编号", "id"],
    .answer: ["答复", "答复内容", "回复内容", "办理结果", "answer", "reply"],
    .unit: ["答复单位", "回复单位", "办理单位", "承办单位", "unit"],
    .answered: ["答复时间", "回复时间", "办结时间", "answeredAt"],
  ]
}

/// One file that lies in a folder of exports (导出文件). Its rows are read and never copied: they hold
/// names and telephones.
package struct Export: Sendable, Hashable {
  package var feed: Feed.ID
  package var path: String
  /// In bytes.
  package var size: Int
  /// When it was last written, in nanoseconds since 1970: what tells it from another of its name.
  package var writtenAt: Int64
  /// The file's own number in its file system.
  package var number: UInt64

  /// A file as its folder shows it.
  package init(feed: Feed.ID, path: String, size: Int, writtenAt: Int64, number: UInt64) {
    self.feed = feed
    self.path = path
    self.size = size
    self.writtenAt = writtenAt
    self.number = number
  }
}

/// What lies in a folder of exports (待读文件).
package struct ExportPile: Sendable, Hashable {
  /// The files, that written first first.
  package var exports: [Export]
  /// Another text for other files: what says that there is nothing new.
  package var digest: String

  /// The files of a folder.
  package init(_ exports: [Export], digest: String) {
    self.exports = exports
    self.digest = digest
  }
}
