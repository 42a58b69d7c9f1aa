/// A letter that the officers must read (来信转告): a return, or what was not believed by itself.
package struct Relay: Sendable, Hashable {
  /// Why they must.
  package enum Cause: Sendable, Hashable {
    /// The unit says that it is not theirs (退回).
    case returned
    /// It was not believed by itself, and why.
    case doubt(Hearing.Doubt)
  }

  package var alertCase: AlertCase
  package var cause: Cause
  package var letter: Letter.ID
  /// The part in which its sender was written to; nil for a stranger.
  package var part: Part?
  /// The domain of the address it is from; never the address.
  package var domain: String
  /// Its sender's own words, masked.
  package var text: String
  package var at: WallTime

  /// A letter to be read.
  package init(
    _ alertCase: AlertCase, _ cause: Cause, letter: Letter.ID, part: Part?, domain: String,
    text: String, at: WallTime
  ) {
    self.alertCase = alertCase
    self.cause = cause
    self.letter = letter
    self.part = part
    self.domain = domain
    self.text = text
    self.at = at
  }
}
