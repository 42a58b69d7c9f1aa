import Storage
import Vocabulary

/// Alerts as a person reads them in 80 columns, one a line.
struct AlertTable {
  let rows: [AlertRow]
  let office: Office

  private var language: Language { office.language }

  var lines: [String] { [head] + rows.map(line) }

  private var head: String {
    let names = [
      Phrase(zh: "编号", en: "id"), Phrase(zh: "等级", en: "grade"),
      Phrase(zh: "状态", en: "state"), Phrase(zh: "发现", en: "found"),
      Phrase(zh: "承办单位", en: "unit"), Phrase(zh: "标题", en: "title"),
    ].map { $0[language] }
    return row(names)
  }

  private func line(_ alert: AlertRow) -> String {
    row([
      alert.id.description, alert.alert.grade.name[language], state(of: alert)[language],
      office.short(alert.item.foundAt.wall), alert.whose(in: language) ?? "—",
      alert.heading[language],
    ])
  }

  private func state(of alert: AlertRow) -> Phrase {
    alert.awaitsUnit ? Phrase(zh: "待单位", en: "unit silent") : alert.state.name
  }

  private func row(_ texts: [String]) -> String {
    let columns = language == .zh ? [9, 8, 6, 11, 12] : [9, 12, 12, 11, 10]
    return Terminal.row(zip(texts, columns).map { (text: $0, columns: $1) }, texts.last ?? "")
  }
}
