import Vocabulary

/// How an alert used its window, as `alerts --json` prints it; spans are in seconds, shares of the
/// window from 0, 1 for all of it.
struct WindowLine: Encodable {
  struct StepLine: Encodable {
    /// `found`, `judged`, `raised`, `accepted` by a mail server, or `acknowledged`.
    var step: String
    /// Whose mail server, or who acknowledged: `unit`, `officer`, or `phoned`.
    var who: Lines.Nullable<String>
    /// Null while it is still to be done.
    var at: Lines.Nullable<String>
    var seconds: Double
    var share: Double
    /// The share of the window until then.
    var used: Double
    /// Whether the machine was booted in between.
    var uncertain: Bool
  }

  struct DelayLine: Encodable {
    var cause: String
    var seconds: Double
    var share: Double
    var reason: String
  }

  var startedAt: String
  var seconds: Double
  /// From publication to finding; null where the page names no moment.
  var beforeFoundSeconds: Lines.Nullable<Double>
  /// Until everybody had it to whom the window is owed, or until now.
  var used: Double
  var told: Bool
  /// Whether it was closed before that.
  var closed: Bool
  var lateSeconds: Double
  var uncertain: Bool
  var steps: [StepLine]
  /// What took the time before it was found.
  var delaysBefore: [DelayLine]
  /// What took the window's time.
  var delays: [DelayLine]

  init(_ use: WindowUse, isSealed: Bool, of office: Office) {
    startedAt = office.zone.rfc3339(use.deadline.startedAt.wall)
    seconds = use.deadline.window.inSeconds
    beforeFoundSeconds = Lines.Nullable(use.beforeFinding?.inSeconds)
    used = use.share(use.used).rounded(places: 4)
    told = use.isTold
    closed = use.isClosed
    lateSeconds = use.lateBy?.inSeconds ?? 0
    uncertain = use.isUncertain
    steps = use.steps.map { step in
      StepLine(
        step: step.work.word, who: Lines.Nullable(step.work.who),
        at: Lines.Nullable(step.at.map(office.zone.rfc3339)), seconds: step.took.inSeconds,
        share: use.share(step.took).rounded(places: 4),
        used: use.share(step.used).rounded(places: 4), uncertain: step.isUncertain)
    }
    let line = { (delay: WindowUse.Delay) in
      DelayLine(
        cause: delay.cause.word, seconds: delay.span.inSeconds,
        share: use.share(delay.span).rounded(places: 4),
        reason: delay.cause.words(isSealed: isSealed, office)[office.language])
    }
    delaysBefore = use.delaysBefore.map(line)
    delays = use.delays.map(line)
  }
}

extension WindowUse.Work {
  fileprivate var word: String {
    switch self {
    case .found: "found"
    case .directed: "directed"
    case .judged: "judged"
    case .raised: "raised"
    case .letter: "accepted"
    case .acknowledged: "acknowledged"
    }
  }

  fileprivate var who: String? {
    switch self {
    case .found, .directed, .judged, .raised: nil
    case .letter(let recipient, _): recipient.address
    case .acknowledged(byUnit: _, phoned: true): "phoned"
    case .acknowledged(byUnit: true, phoned: _): "unit"
    case .acknowledged(byUnit: false, phoned: _): "officer"
    }
  }
}

extension Duration {
  fileprivate var inSeconds: Double { Double(inMilliseconds) / 1000 }
}

extension Double {
  fileprivate func rounded(places: Int) -> Double {
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    return (self * scale).rounded() / scale
  }
}
