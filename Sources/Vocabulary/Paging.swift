/// How older pages of a listing are asked for where no link leads to them (翻页).
package struct Paging: Sendable, Hashable {
  /// What tells one page from the next.
  package enum Mark: Sendable, Hashable {
    /// Pages are numbered: the number of the first, and how much each one adds (页码).
    case number(first: Int, step: Int)
    /// Each page says what the next is asked for with, where this selector finds it (游标).
    case cursor(Selector)
  }

  /// Where the mark goes.
  package enum Place: Sendable, Hashable {
    /// Into an address of its own, which has `{page}` or `{cursor}` in it.
    case address(String)
    /// Into the parameter of this name: of the query, or of form or JSON where the feed sends one.
    case parameter(String)
  }

  /// What an address has where the mark goes.
  package static let slots = ["{page}", "{cursor}"]

  package var mark: Mark
  package var place: Place

  /// A way to older pages.
  package init(_ mark: Mark, into place: Place) {
    self.mark = mark
    self.place = place
  }
}
