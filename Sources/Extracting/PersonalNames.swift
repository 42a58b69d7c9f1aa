/// Names of columns and of keys that are about whoever wrote (个人信息字段).
enum PersonalNames {
  /// Whether a heading or key is one of them.
  static func isOne(_ name: String) -> Bool {
    if AuthorMarks.isMark(name) { return true }
    let bare = name.lowercased().filter { $0.isLetter || $0.isNumber }
    if exact.contains(bare) { return true }
    return parts.contains { bare.contains($0) }
  }

  private static let parts = [
    "姓名", "作者", "昵称", "网名", "网友", "用户名", "用户id", "账号", "帐号", "手机", "电话", "联系方式", "联系人", "身份证", "证件",
    "银行卡", "邮箱", "微信", "qq", "留言人", "发帖人", "投诉人", "信访人", "来信人", "来电人", "举报人", "反映人", "诉求人", "申请人",
    "住址", "家庭地址", "ip属地", "ip地址", "性别", "年龄", "出生", "民族", "头像",
    "mobile", "telephone", "idcard", "realname", "headimg", "openid",
  ]
  private static let exact: Set<String> = [
    "ip", "tel", "phone", "email", "mail", "sex", "gender", "age", "birthday", "user", "wechat",
    "fullname", "owner", "creator", "createby",
  ]
}
