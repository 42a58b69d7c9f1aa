extension ReplyRow {
  private static let unit = "zhujian@unit.example"
  private static let colleague = "zhujian-b@unit.example"
  private static let deputy = "zhujian-deputy@unit.example"
  private static let officer = "officer@letters.example"
  private static let second = "officer2@letters.example"

  /// The whole table.
  static let all = asWritten + byOthers + byMachines + bounces + words + moved + contradictions

  /// A unit's reply, as each mail program writes it.
  private static let asWritten: [ReplyRow] = [
    row("QQ 邮箱手机版，上方作答", "qq-phone", "好的，马上派人"),
    row("网易邮箱大师（手机），只有 HTML", "netease-phone", "收到，抢修队已出发", prefix: "回复:"),
    row("163 网页版，只有 HTML，GBK", "netease-web", "已核实，属实，正在抢修", charset: "GBK"),
    row(
      "Foxmail，GB2312，带署名", "foxmail", "收到，已转燃气科办理。", charset: "GB2312",
      kept: "收到，已转燃气科办理。\n\n区住建局办公室"),
    row("Outlook，“答复:”，GB2312", "outlook", "收到。一小时内反馈。", prefix: "答复: ", charset: "gb2312"),
    row("Outlook 手机版，“Re:”", "outlook-phone", "已收到，正在核实", prefix: "Re: "),
    row("iPad 邮件，引文逐行带 >", "apple", "收到。", prefix: "Re: "),
    row("Coremail 机关邮箱", "coremail", "收到，已安排专人。", prefix: "回复："),
    row("华为手机邮件", "huawei", "我已到现场", prefix: "回复:"),
    row("Gmail，只有 HTML", "gmail", "收到，谢谢", prefix: "Re: "),
    row("GB18030，有生僻字", "gb18030", "收到，𠮷宁路口已围挡", charset: "GB18030"),
    row("名片式签名，内有值班电话", "card", "收到，今天内反馈。"),
    row(
      "正文里有联系人手机号", "plain", "收到，联系人张工13912345678，随时可打", kept: "收到，联系人张工[电话]，随时可打"),
    row("正文在引文下方，末尾有签名", "below", "收到，已关阀。", prefix: "Re: "),
    row("MIME 结构残缺，内层边界不闭合", "endless", "收到，照片另发"),
    row("附 50 MB 照片", "huge", "照片见附件"),
  ]

  private static func row(
    _ what: String, _ program: String, _ words: String, prefix: String = "回复：",
    charset: String = "utf-8", kept: String? = nil
  ) -> ReplyRow {
    ReplyRow(
      what: what,
      letters: [
        Written(from: unit, words: words, program: program, prefix: prefix, charset: charset)
      ],
      state: "acknowledged", heard: [.ack(kept ?? words)])
  }

  /// What is not the unit's own reply to its own mail.
  private static let byOthers: [ReplyRow] = [
    ReplyRow(
      what: "单位另一邮箱答复同事收到的那封",
      letters: [Written(from: colleague, words: "我来办", answers: unit)],
      state: "acknowledged", heard: [.ack("我来办")]),
    ReplyRow(
      what: "单位的人用未登记的私人邮箱",
      letters: [Written(from: "gongjiang@personal.example", words: "收到，已处理", answers: unit)],
      state: "open", heard: [.doubt("stranger", "收到，已处理")], officers: ["【来信·重大舆情】"]),
    ReplyRow(
      what: "备用联系人答复同事转来的件（未曾发给他）",
      letters: [Written(from: deputy, words: "收到", program: "huawei", answers: unit)],
      state: "acknowledged", heard: [.ack("收到")]),
    ReplyRow(
      what: "别的单位的人答复转来的件",
      letters: [Written(from: "chengguan-deputy@unit.example", words: "收到", answers: unit)],
      state: "open", heard: [.doubt("stranger", "收到")], officers: ["【来信·重大舆情】"]),
    ReplyRow(
      what: "陌生人冒用单位口吻，写“误报”",
      letters: [Written(from: "nobody@elsewhere.example", words: "误报", answers: unit)],
      state: "open", heard: [.doubt("stranger", "误报")], officers: ["【来信·重大舆情】"]),
    ReplyRow(
      what: "转发（正文内），编号只在主题",
      letters: [
        Written(
          from: unit, words: "请值班室知悉。", program: "forward", prefix: "转发：", answers: unit,
          isBare: true)
      ],
      state: "open", heard: [.doubt("numberAlone", "请值班室知悉。")], officers: ["【来信·重大舆情】"]),
    ReplyRow(
      what: "转发（原件作附件）并答复",
      letters: [
        Written(from: unit, words: "已办，见附件", program: "forward-file", prefix: "Fwd: ")
      ],
      state: "acknowledged", heard: [.ack("已办，见附件")]),
    ReplyRow(
      what: "新写一封，编号只在主题",
      letters: [Written(from: unit, words: "已处理完毕", prefix: "关于", isBare: true)],
      state: "open", heard: [.doubt("numberAlone", "已处理完毕")], officers: ["【来信·重大舆情】"]),
    ReplyRow(
      what: "领导作答", letters: [Written(from: "leaders@letters.example", words: "请抓紧")],
      state: "open", heard: [.doubt("leader", "请抓紧", by: "leader")],
      officers: ["【来信·重大舆情】"]),
    ReplyRow(
      what: "单位反问", letters: [Written(from: unit, words: "退回可以吗？")],
      state: "open", heard: [.doubt("question", "退回可以吗？", by: "unit")],
      officers: ["【来信·重大舆情】"]),
  ]

  /// What machines answer.
  private static let byMachines: [ReplyRow] = [
    ReplyRow(
      what: "自动答复，RFC 3834",
      letters: [
        Written(
          from: unit, words: "本人外出，急事请打值班电话。", prefix: "答复：",
          fields: ["Auto-Submitted: auto-replied"])
      ],
      state: "open", heard: [.did("automatic", nil)]),
    ReplyRow(
      what: "自动答复，只在主题写“自动回复”",
      letters: [Written(from: unit, words: "您好，来信收到。", prefix: "自动回复：")],
      state: "open", heard: [.did("automatic", nil)]),
    ReplyRow(
      what: "已读回执，RFC 8098",
      letters: [Written(from: unit, words: "", program: "receipt", prefix: "已读：")],
      state: "open", heard: [.did("automatic", nil)]),
  ]

  /// Mails that come back, from the real Postfix and as others write them.
  private static let bounces: [ReplyRow] = [
    ReplyRow(
      what: "Postfix 退信：转投的地址不存在（RFC 3464，5.1.1）；其后备用联系人答复催办单", matter: .moved, letters: [],
      later: [Written(from: deputy, words: "收到，我来处理", program: "huawei", kind: "reminder")],
      state: "acknowledged",
      heard: [.did("bounced", "5.1.1", by: nil), .ack("收到，我来处理")], reminded: deputy),
    ReplyRow(
      what: "Postfix 退信：邮箱已满（RFC 3464，5.2.2）", matter: .full, letters: [], state: "open",
      heard: [.did("bounced", "5.2.2", by: nil)], reminded: deputy),
    ReplyRow(
      what: "Postfix 退信：邮箱超额，不再重试（RFC 3464，4.2.2）", matter: .quota, letters: [],
      state: "open", heard: [.did("bounced", "4.2.2", by: nil)], reminded: deputy),
    ReplyRow(
      what: "单位两个邮箱，一个退信（5.1.1）：催备用联系人，另一个其后答复即签收", matter: .halfLost, letters: [],
      later: [Written(from: "long@unit.example", words: "收到，已到现场", program: "coremail")],
      state: "acknowledged",
      heard: [.did("bounced", "5.1.1", by: nil), .ack("收到，已到现场")], reminded: deputy),
    ReplyRow(
      what: "单位两个邮箱，一个先答复，另一个的退信后到：不再催办",
      letters: [Written(from: colleague, words: "收到，在处理")],
      later: [
        Written(
          from: "postmaster@mail.example", words: unit, program: "coremail-bounce", prefix: "系统退信",
          answers: unit, isBounce: true)
      ],
      state: "acknowledged",
      heard: [.ack("收到，在处理"), .did("bounced", "550 User not found", by: nil)]),
    ReplyRow(
      what: "单位两个邮箱都退信：备用联系人只催一次", matter: .allLost, letters: [], state: "open",
      heard: [.did("bounced", nil, by: nil), .did("bounced", nil, by: nil)], reminded: deputy),
    ReplyRow(
      what: "没有退信：Postfix 当场拒收（550，无此邮箱）", matter: .refused, letters: [], state: "open",
      heard: [], reminded: deputy, isRefused: true),
    bounce("Coremail 系统退信：收件人不存在，GBK", "coremail-bounce", "系统退信", "550 User not found"),
    bounce("163 系统退信：对方邮箱已满，HTML，GBK", "netease-bounce", "系统退信", "邮箱已满"),
    bounce("QQ 系统退信：地址不存在，GB18030", "qq-bounce", "来自 QQ 邮箱的退信", "550 Mailbox not found"),
  ]

  private static func bounce(
    _ what: String, _ program: String, _ subject: String, _ reason: String
  ) -> ReplyRow {
    let unit = "chengguan@unit.example"
    return ReplyRow(
      what: what, matter: .waste,
      letters: [
        Written(
          from: "postmaster@mail.example", words: unit, program: program, prefix: subject,
          answers: unit, isBounce: true)
      ],
      state: "open", heard: [.did("bounced", reason, by: nil)],
      reminded: "chengguan-deputy@unit.example")
  }

  /// The words that a reply may open with.
  private static let words: [ReplyRow] = [
    ReplyRow(
      what: "单位“退回”，写在引文下方；值班员对退回单答“改派”",
      letters: [
        Written(from: unit, words: "退回，该处管线属供水。", program: "below", prefix: "Re: ")
      ],
      later: [Written(from: officer, words: "改派 区水务局，管线归其维护", kind: "relay")],
      state: "open", unit: "区水务局",
      heard: [
        .did("returned", "退回，该处管线属供水。"), .did("assigned", "改派 区水务局，管线归其维护", by: "officer"),
      ], officers: ["【改派·重大舆情】", "【退回·重大舆情】"]),
    ReplyRow(
      what: "单位“不属……”，手机",
      letters: [Written(from: unit, words: "您好，不属我局职责。", program: "qq-phone")],
      state: "returned", heard: [.did("returned", "您好，不属我局职责。")],
      officers: ["【退回·重大舆情】"]),
    ReplyRow(
      what: "值班员“改派”",
      letters: [Written(from: officer, words: "改派：水务局", program: "foxmail", charset: "GB2312")],
      state: "open", unit: "区水务局",
      heard: [.did("assigned", "改派：水务局\n\n区住建局办公室", by: "officer")],
      officers: ["【改派·重大舆情】"]),
    ReplyRow(
      what: "值班员“调级”",
      letters: [Written(from: officer, words: "调级 较大，无人受伤", program: "qq-phone")],
      state: "open", grade: "considerable",
      heard: [.did("regraded", "调级 较大，无人受伤", by: "officer")], officers: ["【调级·较大舆情】"]),
    ReplyRow(
      what: "值班员“误报”",
      letters: [Written(from: officer, words: "误报，系演练", program: "outlook", prefix: "答复: ")],
      state: "closed", heard: [.did("falseAlarm", "误报，系演练", by: "officer")]),
    ReplyRow(
      what: "值班员“已电话通知”",
      letters: [Written(from: officer, words: "已电话通知王科长", program: "huawei")],
      state: "acknowledged", heard: [.did("phoned", "已电话通知王科长", by: "officer")]),
    ReplyRow(
      what: "值班员“签发”，联系单随即送出", matter: .cover,
      letters: [Written(from: officer, words: "签发", program: "netease-phone")],
      state: "acknowledged", grade: "considerable", awaitsUnit: true,
      heard: [.did("released", "签发", by: "officer")]),
    ReplyRow(
      what: "值班员“办结”",
      letters: [Written(from: officer, words: "办结，已答复来信人", program: "coremail")],
      state: "closed", heard: [.did("closed", "办结，已答复来信人", by: "officer")]),
    ReplyRow(
      what: "值班员作答，无口令",
      letters: [Written(from: officer, words: "已知悉", program: "apple", prefix: "Re: ")],
      state: "acknowledged", awaitsUnit: true, heard: [.ack("已知悉", by: "officer")]),
    ReplyRow(
      what: "单位使用值班员口令“误报”", letters: [Written(from: unit, words: "误报，无泄漏")],
      state: "acknowledged",
      heard: [
        ReplyOffice.Heard(
          part: "unit", word: "acknowledged", doubt: "officersWord", text: "误报，无泄漏")
      ], officers: ["【来信·重大舆情】"]),
  ]

  /// Who had it and has it no more.
  private static let moved: [ReplyRow] = [
    ReplyRow(
      what: "改派后，原单位才回“收到”",
      letters: [Written(from: officer, words: "改派 区水务局")],
      later: [Written(from: unit, words: "收到，马上去")], state: "open", unit: "区水务局",
      heard: [
        .did("assigned", "改派 区水务局", by: "officer"), .doubt("formerUnit", "收到，马上去"),
      ], officers: ["【改派·重大舆情】", "【来信·重大舆情】"])
  ]

  /// Two people who say different things: both are heard, in order.
  private static let contradictions: [ReplyRow] = [
    ReplyRow(
      what: "一名值班员“误报”，另一名其后“改派”",
      letters: [Written(from: officer, words: "误报")],
      later: [Written(from: second, words: "改派 区水务局")], state: "closed",
      heard: [
        .did("falseAlarm", "误报", by: "officer"), .doubt("refused", "改派 区水务局", by: "officer"),
      ],
      officers: ["【来信·重大舆情】"]),
    ReplyRow(
      what: "一名值班员“改派”，另一名其后“调级”",
      letters: [Written(from: officer, words: "改派 区水务局")],
      later: [Written(from: second, words: "调级 较大")], state: "open", grade: "considerable",
      unit: "区水务局",
      heard: [
        .did("assigned", "改派 区水务局", by: "officer"), .did("regraded", "调级 较大", by: "officer"),
      ],
      officers: ["【改派·重大舆情】", "【调级·较大舆情】"]),
    ReplyRow(
      what: "单位先“收到”，其后“退回”",
      letters: [Written(from: unit, words: "收到")],
      later: [Written(from: colleague, words: "退回，不属我局")], state: "returned",
      heard: [.ack("收到"), .did("returned", "退回，不属我局")], officers: ["【退回·重大舆情】"]),
  ]
}
