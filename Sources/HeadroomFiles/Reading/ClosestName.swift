/// The known name that a misspelt one was probably meant to be.
///
/// - Returns: Nil where none is close: more than a third of the letters, or more than two, would have to change.
public func closestName(to name: String, among known: [String]) -> String? {
    let written = normalised(name)
    let best = known.map { ($0, distance(Array(written), Array(normalised($0)))) }.min { $0.1 < $1.1 }
    guard let (candidate, distance) = best, distance <= 2, 3 * distance <= written.count else { return nil }
    return candidate
}

/// Spelling that does not matter: case, and blanks or hyphens for underscores.
private func normalised(_ name: String) -> String {
    String(name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
}

/// The number of letters to insert, remove, change or swap with their neighbour (F. Damerau, Communications of the
/// ACM 7, 1964). O(product of lengths).
private func distance(_ left: [Character], _ right: [Character]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var rows = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
    for i in 0...left.count { rows[i][0] = i }
    for j in 0...right.count { rows[0][j] = j }
    for i in 1...left.count {
        for j in 1...right.count {
            let change = rows[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
            }
        }
    }
    return rows[left.count][right.count]
}
