import Foundation

/// What a benchmark was run on.
enum Machine {
    /// Such as `AMD EPYC, 2 cores, 25 GB, Debian GNU/Linux 12`.
    static var text: String {
        let information = ProcessInfo.processInfo
        return [
            processor, "\(information.activeProcessorCount) cores",
            "\(information.physicalMemory / 1_000_000_000) GB", information.operatingSystemVersionString,
        ].joined(separator: ", ")
    }

    private static var processor: String {
        #if canImport(Darwin)
            var name = [CChar](repeating: 0, count: 256)
            var size = name.count
            guard sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0) == 0 else {
                return "processor unknown"
            }
            return name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        #else
            let lines =
                (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
            let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
            return model.map { $0.trimmingCharacters(in: .whitespaces) } ?? "processor unknown"
        #endif
    }
}
