import Foundation

extension Comparison {
    /// The table of the README, with what it was measured on below it.
    var markdown: String {
        let header = "| regions × years | \(sizes.map(\.sizeText).joined(separator: " | ")) |"
        let rule = "|---|\(String(repeating: "---:|", count: sizes.count))"
        let rows = tools.map { tool in
            "| \(tool.title) | \(sizes.indices.map { cell(tool, $0) }.joined(separator: " | ")) |"
        }
        return ([header, rule] + rows + ["", notes.joined(separator: " ")]).joined(separator: "\n")
    }

    /// Time, what it is of Headroom's, and memory.
    private func cell(_ tool: Tool, _ size: Int) -> String {
        switch outcomes[size][tool] {
        case .finished(let seconds, let peakMemory):
            "\(seconds.secondsText)\(ratio(seconds, tool, size)), \(peakMemory.text)"
        case .timedOut: "over \(timeLimit.secondsText)\(ratio(timeLimit, tool, size, isBound: true))"
        case .notTried: "not tried"
        case .failed: "failed"
        case .differs: "another return"
        case nil: "not installed"
        }
    }

    private func ratio(_ seconds: Double, _ tool: Tool, _ size: Int, isBound: Bool = false) -> String {
        guard tool != .headroom, case .finished(let own, _) = outcomes[size][.headroom] else { return "" }
        let times = seconds / own
        return " (\(isBound ? "over " : "")\(String(format: times < 10 ? "%.1f" : "%.0f", times)) ×)"
    }

    private var notes: [String] {
        let runs = repeats == 1 ? "One run" : "Medians of \(repeats) runs in turn"
        var notes = [
            "\(runs) of whole processes, from the region files to a written allocation: time (what it is of Headroom's), "
                + "peak memory.",
            faults.isEmpty
                ? "All that finished found the same return, to 1e-6."
                : "Some failed, or found another return.",
        ]
        if outcomes.contains(where: { $0.values.contains { if case .notTried = $0 { true } else { false } } })
        {
            notes.append("Not tried: over the time limit at a smaller size.")
        }
        if tools.contains(where: \.readsMPS) { notes.append("¹ Without the time to make the file.") }
        notes.append("\(Machine.text), \(Date.now.formatted(.iso8601.year().month().day())).")
        notes.append("\(versionText).")
        return notes
    }

    /// Each part once, in the order of the tools.
    private var versionText: String {
        var parts: [String] = []
        for tool in tools {
            for part in versions[tool]?.components(separatedBy: ", ") ?? [] where !parts.contains(part) {
                parts.append(part)
            }
        }
        return parts.joined(separator: ", ")
    }
}

extension ProcessRun.Memory {
    /// Such as `1,061 MB`.
    var text: String {
        let megabytes = Int((Double(bytes) / 1e6).rounded(.up))
        return "\(isBound ? "under " : "")\(megabytes.grouped) MB"
    }
}
