internal import GRDB
package import Vocabulary

/// What people made of an alert (办理评价): whether it was one.
package enum Mark: Sendable, Hashable {
  /// Nobody has said anything yet.
  case none
  /// Somebody took it up.
  case confirmed
  /// Somebody said that it is a false alarm (误报).
  case falseAlarm
}

extension Reading {
  static let numbers = """
    SELECT item, id
    FROM alert
    WHERE raised_at >= ?
    """

  /// The numbers of the alerts raised since a time, by the item that each was raised for.
  package func numbers(raisedSince time: WallTime) throws(LedgerFault) -> [Item.ID: Alert.ID] {
    let numbers = try rows(Reading.numbers, [time.milliseconds]) { row in
      let item: Item.ID = try row.word("item")
      return (item, try row.alertID("id"))
    }
    return Dictionary(numbers, uniquingKeysWith: { first, _ in first })
  }

  static let marks = """
    SELECT
      alert.item,
      EXISTS (
        SELECT 1
        FROM standing_word
        WHERE standing_word.alert = alert.id) AS is_taken,
      EXISTS (
        SELECT 1
        FROM acknowledgement
        WHERE acknowledgement.alert = alert.id
        AND acknowledgement.false_alarm = 1) AS is_false
    FROM alert
    WHERE alert.raised_at >= ?
    """

  /// What people made of the alerts raised since a time, by the item that each was raised for.
  package func marks(raisedSince time: WallTime) throws(LedgerFault) -> [Item.ID: Mark] {
    let marks = try rows(Reading.marks, [time.milliseconds]) { row in
      let item: Item.ID = try row.word("item")
      let mark: Mark =
        try row.flag("is_false") ? .falseAlarm : try row.flag("is_taken") ? .confirmed : .none
      return (item, mark)
    }
    return Dictionary(marks, uniquingKeysWith: { first, _ in first })
  }
}
