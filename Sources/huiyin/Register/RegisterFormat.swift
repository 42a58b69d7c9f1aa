import ArgumentParser

/// The files that the register (预警登记表) is written as.
enum RegisterFormat: String, CaseIterable, ExpressibleByArgument {
  /// Comma-separated values in UTF-8, as RFC 4180 has them.
  case csv
  /// A workbook, as ISO/IEC 29500 has it.
  case xlsx
}
