import Dispatch

/// Calls `transform` for `0..<count` on several threads and returns the results in order, whoever ends first.
///
/// - Throws: The error of the lowest index that failed.
func parallelMap<Value: Sendable, Failure: Error>(
    _ count: Int, threads: Int, _ transform: @Sendable (Int) throws(Failure) -> Value
) throws(Failure) -> [Value] {
    let chunks = max(1, min(threads, count))
    guard chunks > 1 else { return try (0..<count).map(transform) }
    var results = [Result<Value, Failure>?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { buffer in
        // Every index is written once, by the one chunk that it belongs to.
        nonisolated(unsafe) let buffer = buffer
        DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
            for index in stride(from: chunk, to: count, by: chunks) {
                do throws(Failure) {
                    buffer[index] = .success(try transform(index))
                } catch {
                    buffer[index] = .failure(error)
                }
            }
        }
    }
    return try results.map { result throws(Failure) in
        guard let result else { preconditionFailure("an index was left out") }
        return try result.get()
    }
}

/// As `parallelMap`, where nothing can fail.
package func concurrentMap<Value: Sendable>(
    _ count: Int, threads: Int, _ transform: @Sendable (Int) -> Value
) -> [Value] {
    parallelMap(count, threads: threads, transform)
}
