import Dispatch

/// Calls `transform` for `0..<count` on several threads and returns the results in order, whoever ends first.
///
/// - Throws: The error of the lowest index that failed.
func parallelMap<Value: Sendable>(
    _ count: Int, threads: Int, _ transform: @Sendable (Int) throws -> Value
) throws -> [Value] {
    guard min(threads, count) > 1 else { return try (0..<count).map(transform) }
    let results = concurrentMap(count, threads: threads) { index in Result { try transform(index) } }
    return try results.map { try $0.get() }
}

/// As `parallelMap`, where nothing can fail.
package func concurrentMap<Value: Sendable>(
    _ count: Int, threads: Int, _ transform: @Sendable (Int) -> Value
) -> [Value] {
    let chunks = max(1, min(threads, count))
    guard chunks > 1 else { return (0..<count).map(transform) }
    var results = [Value?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { buffer in
        // Every index is written once, by the one chunk that it belongs to.
        nonisolated(unsafe) let buffer = buffer
        DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
            for index in stride(from: chunk, to: count, by: chunks) { buffer[index] = transform(index) }
        }
    }
    return results.map { result in
        guard let result else { preconditionFailure("an index was left out") }
        return result
    }
}
