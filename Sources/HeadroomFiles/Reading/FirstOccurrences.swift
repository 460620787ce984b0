/// Finds texts that stand in a list before: a hash table of places alone, as the texts are in the list.
///
/// A dictionary from text to place takes five times the memory.
struct FirstOccurrences {
    /// A place in the list by hash, or -1; at most half of the slots are taken.
    private var slots: [Int32]

    /// - Parameter capacity: The most texts that will be looked up, below 2^31.
    init(capacity: Int) {
        var size = 16
        while size < 2 * capacity { size *= 2 }
        slots = [Int32](repeating: -1, count: size)
    }

    /// The place where a text stood first; nil where it is new, and is known from now on.
    ///
    /// - Parameter place: Where the text stands in `list`.
    mutating func place(of text: String, at place: Int, in list: [String]) -> Int? {
        // `hashValue` is seeded anew in every run: nobody can make a list in which all texts share a slot.
        var slot = text.hashValue & (slots.count - 1)
        while slots[slot] >= 0 {
            let known = Int(slots[slot])
            if list[known] == text { return known }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(place)
        return nil
    }
}
