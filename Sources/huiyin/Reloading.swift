import Logging
import Pipeline
import ServiceLifecycle
import Settings
import Storage
import UnixSignals
import Vocabulary

/// Reads the set-up again on SIGHUP (重新加载). A broken one leaves the old one in force and tells
/// the admins what is wrong with it.
struct Reloading: Service {
  let workshop: Workshop
  let surroundings: Surroundings
  let systemd: Systemd

  func run() async throws {
    let hangUps = await UnixSignalsSequence(trapping: .sighup)
    for await _ in hangUps.cancelOnGracefulShutdown() {
      systemd.say("RELOADING=1")
      await reload()
      systemd.say("READY=1")
    }
  }

  private func reload() async {
    do {
      let reading = try workshop.config.reading()
      guard let setup = reading.setup else { return await refuse(reading.diagnostics) }
      guard setup.folder == surroundings.inForce.current.setup.folder else {
        return await refuse([moved()])
      }
      let generation = try await workshop.generation(of: setup)
      let changes = setup.changes(since: surroundings.inForce.current.setup)
      surroundings.inForce.adopt(generation)
      surroundings.roundsMayGoOn.ring()
      surroundings.noticesCame.ring()
      surroundings.auditMayGoOn.ring()
      surroundings.log.notice(
        "set-up reloaded",
        metadata: ["ruleBook": "\(setup.ruleBook.version)", "changes": "\(changes.count)"])
      await tell(changes, of: setup)
    } catch {
      await refuse([unreadable(error)])
    }
  }

  private func refuse(_ diagnostics: [Diagnostic]) async {
    let language = surroundings.inForce.current.setup.office.language
    let errors = diagnostics.filter { $0.weight == .error }
    for error in errors {
      surroundings.log.error("set-up refused", metadata: ["reason": "\(error.line(in: language))"])
    }
    do {
      try await surroundings.tell(.setupRefused(errors, at: surroundings.now().wall))
    } catch {
      surroundings.log.critical("trouble not written", metadata: ["reason": "\(error)"])
    }
  }

  /// Tells those who are admins now what is otherwise; nothing where nothing is.
  private func tell(_ changes: [SetupChange], of setup: Setup) async {
    guard !changes.isEmpty else { return }
    do {
      try await surroundings.tell(
        .setupChanged(
          changes, ruleBook: setup.ruleBook.version, at: surroundings.now().wall))
    } catch {
      surroundings.log.critical("trouble not written", metadata: ["reason": "\(error)"])
    }
  }

  private func moved() -> Diagnostic {
    Diagnostic(
      .error, at: Place(file: workshop.config.path, line: 1, column: 1),
      Phrase(
        zh: "data 不能在运行中更改，请重启本系统", en: "data cannot change while running: restart Huiyin"))
  }

  private func unreadable(_ error: any Error) -> Diagnostic {
    let sentence = Ending(error).sentence
    return Diagnostic(
      .error, at: Place(file: workshop.config.path, line: 1, column: 1),
      Phrase(zh: sentence, en: sentence))
  }
}
