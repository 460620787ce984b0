/// Memory that a solver keeps from one solve to the next, freed as a whole.
///
/// The pointers handed out live as long as this object, and each is used by the one owner who asked for it. Pointers,
/// not arrays: a block is solved in microseconds, and bounds checks and reference counts would be a good part of that.
final class ScratchMemory {
    private var allocations: [UnsafeMutableRawPointer] = []
    /// A cache line, and the widest vector.
    private static let alignment = 64

    deinit {
        for allocation in allocations { allocation.deallocate() }
    }

    /// `count` numbers, all zero.
    func doubles(_ count: Int) -> UnsafeMutablePointer<Double> { pointer(count, 0) }

    /// `count` times four numbers, all zero.
    func quadruples(_ count: Int) -> UnsafeMutablePointer<SIMD4<Double>> { pointer(count, .zero) }

    /// `count` whole numbers, all zero.
    func integers(_ count: Int) -> UnsafeMutablePointer<Int32> { pointer(count, 0) }

    /// `count` flags, all false.
    func flags(_ count: Int) -> UnsafeMutablePointer<Bool> { pointer(count, false) }

    private func pointer<Element: BitwiseCopyable>(_ count: Int, _ value: Element) -> UnsafeMutablePointer<
        Element
    > {
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: Self.alignment)
        allocations.append(raw)
        return raw.initializeMemory(as: Element.self, repeating: value, count: max(1, count))
    }
}
