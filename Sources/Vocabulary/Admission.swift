/// Whether something found counts as new (新旧判定), said before it is judged.
package enum Admission: Sendable, Hashable {
  /// It is new and is judged, raised and told.
  case new
  /// It stood there when its feed was first read (基线).
  case baseline
  /// It stood there when its feed was first read, and has no date: listed in the digest.
  case undatedBaseline
  /// It is older than the feed's cap.
  case tooOld
}
