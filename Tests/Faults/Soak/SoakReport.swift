import Foundation
import TestSupport

/// What a soak came to (浸泡结果).
package struct SoakReport: Sendable {
  /// What the program held at a calm moment.
  private struct Sample {
    var memory: Int
    var descriptors: Int
  }

  private let seed: UInt64
  private var steps = 0
  private var happened: [String: Int] = [:]
  private var samples: [Sample] = []
  private var closings = 0
  private var posts = 0
  private var mails = 0
  private var elapsed = Duration.zero
  /// What the last closing found, from the very beginning.
  package private(set) var findings = Findings()

  init(seed: UInt64) { self.seed = seed }

  /// Whether nothing was lost, and nothing told twice that must not be.
  package var isClean: Bool { findings.losses.isEmpty && findings.forbidden.isEmpty }

  mutating func count(_ misfortune: Misfortune, _ mood: Mood) {
    steps += 1
    if misfortune != .nothing { happened[misfortune.rawValue, default: 0] += 1 }
    if mood != .well { happened["mail: " + mood.rawValue, default: 0] += 1 }
  }

  mutating func sample(memory: Int, descriptors: Int) {
    samples.append(Sample(memory: memory, descriptors: descriptors))
  }

  mutating func add(_ found: Findings, of district: District, after elapsed: Duration) {
    findings = found
    closings += 1
    posts = district.posts.count
    mails = district.sink.seen.arrivals.count
    self.elapsed = elapsed
  }

  /// How it stands, in a line.
  var line: String {
    let last = samples.last.map { "\($0.memory) MB, \($0.descriptors) descriptors" } ?? ""
    return "\(minutes) min: \(steps) steps, \(posts) posts, \(mails) mails | losses "
      + "\(findings.losses.count) | twice: may \(findings.allowed), must not "
      + "\(findings.forbidden.count) | window \(percent(findings.windowUse)) | \(last)"
  }

  /// The verdict, in lines.
  package var verdict: [String] {
    let counts = happened.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return [
      "seed \(seed), \(closings) closings; \(counts.joined(separator: ", "))",
      "memory \(growth(\.memory)) MB; descriptors \(growth(\.descriptors))", line,
      isClean ? "as promised" : "BROKEN",
    ]
  }

  private func growth(_ value: (Sample) -> Int) -> String {
    let values = samples.map(value)
    guard let first = values.first, let last = values.last, first > 0 else { return "unknown" }
    let grown = percent(Double(last - first) / Double(first))
    return "\(first) at first, \(last) at last (\(grown)), \(values.max() ?? 0) at most"
  }

  private var minutes: String {
    String(format: "%.1f", Double(elapsed.milliseconds) / 60_000)
  }

  private func percent(_ part: Double) -> String { String(format: "%.1f %%", part * 100) }
}
