import Foundation
import Testing

@testable import JoblibPersistence

@Suite("Arrays of several dimensions")
struct NDArrayTests {
    @Test("The last index runs fastest, for reading and writing")
    func subscripts() throws {
        var grid = try NDArray(shape: [2, 3, 4], elements: Array(0..<24))
        #expect(grid[0, 0, 1] == 1 && grid[0, 1, 0] == 4 && grid[1, 2, 3] == 23)
        grid[1, 0, 0] = -1
        #expect(grid.elements[12] == -1)
        var matrix = NDArray(repeating: 0.0, shape: [2, 3])
        matrix[1, 2] += 7
        #expect(matrix.elements == [0, 0, 0, 0, 0, 7])
        let single = try NDArray(shape: [], elements: [5])
        #expect(single[] == 5 && single.rank == 0 && single.count == 1)
    }

    @Test("Changing an element changes it in place, and only in this value")
    func changing() throws {
        var array = NDArray(repeating: 0, shape: [1000, 1000])
        let copy = array
        array[0, 0] = 1
        func address() -> UInt { unsafe array.elements.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } }
        let before = address()
        for index in 0..<1000 { array[index, index] += 2 }
        array.elements[1] = 5
        array.elements.swapAt(0, 1)
        #expect(address() == before)
        #expect(array[0, 0] == 5 && array[0, 1] == 3 && array[999, 999] == 2 && copy[0, 0] == 0)
        var row = try NDArray(shape: [3], elements: ["a", "b", "c"])
        row[1] += "!"
        #expect(row.elements == ["a", "b!", "c"])
    }

    @Test("Elements keep their count")
    func keepsCount() async {
        await #expect(processExitsWith: .failure) {
            var array = NDArray(repeating: 0, shape: [2, 3])
            array.elements.append(1)
        }
        await #expect(processExitsWith: .failure) {
            _ = NDArray(repeating: 0, shape: [2, 3])[1]
        }
    }

    @Test("A shape that does not fit its elements is an error")
    func wrongCounts() throws {
        let error = #expect(throws: JoblibError.self) { try NDArray(shape: [2, 3], elements: [1.0]) }
        #expect(error?.message == "1 elements cannot have the shape [2, 3]")
        #expect(throws: JoblibError.self) { try NDArray(shape: [-1, -1], elements: [1.0]) }
        #expect(throws: JoblibError.self) { try NDArray(shape: [.max, 4], elements: [1.0]) }
        #expect(try NDArray(shape: [.max, 4, 0], elements: [Double]()).count == 0)
    }

    @Test("Reshaping keeps the order and works out one length")
    func reshaping() throws {
        let row = try NDArray(shape: [6], elements: Array(1...6))
        #expect(try row.reshaped(to: [2, 3])[1, 0] == 4)
        #expect(try row.reshaped(to: [-1, 2]).shape == [3, 2])
        for shape in [[4], [-1, 4], [-1, -1], [-1, 0], [-2, -3]] {
            #expect(throws: JoblibError.self) { try row.reshaped(to: shape) }
        }
    }

    @Test("An index outside the array ends the program and says why")
    func outside() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = NDArray(repeating: 0, shape: [2, 3])[0, 3]
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("the index [0, 3] is outside an NDArray of shape [2, 3]"))
    }

    @Test("Text is shortened as NumPy does it")
    func description() throws {
        #expect(NDArray(repeating: 1, shape: [2, 2]).description == "[[1, 1], [1, 1]]")
        #expect(try NDArray(shape: [], elements: [2.5]).description == "2.5")
        #expect(NDArray(repeating: 1, shape: [2, 0]).description == "[]")
        #expect(
            try NDArray(shape: [1001], elements: Array(0...1000)).description == "[0, 1, 2, ..., 998, 999, 1000]"
        )
    }

    @Test("Codable keeps shape and elements, and refuses a pair that does not fit")
    func codable() throws {
        let grid = try NDArray(shape: [2, 2], elements: [1.5, 2, 3, 4])
        let data = try JSONEncoder().encode(grid)
        #expect(try JSONDecoder().decode(NDArray<Double>.self, from: data) == grid)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(NDArray<Double>.self, from: Data(#"{"shape":[3],"elements":[1]}"#.utf8))
        }
    }
}
