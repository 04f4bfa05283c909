import Testing

@testable import JoblibPersistence

@Suite("Bytes of NumPy arrays")
struct NumPyLayoutTests {
    private struct End: Error {}

    /// Gives the bytes piece by piece, as they are asked for.
    private func read<Element: NumPyElement>(
        _: Element.Type,
        _ text: String,
        _ bytes: [UInt8],
        shape: [Int],
        fortran: Bool = false
    ) throws -> [Element] {
        var place = 0
        let layout = NumPyLayout(try #require(NumPyType(parsing: text)), shape: shape, isFortranOrder: fortran)
        return try unsafe layout.read(Element.self, in: "'x.npy'") { buffer in
            guard place + buffer.count <= bytes.count else { throw End() }
            unsafe buffer.copyBytes(from: bytes[place..<place + buffer.count])
            place += buffer.count
        }
    }

    @Test("descriptions are read and written alike")
    func descriptions() {
        let texts = [
            "<f8", ">f4", "<f2", "<i8", ">i2", "|i1", "|u1", "<u4", "|b1", "<c16", "<U5", ">U5", "|S3", "<M8[ns]",
            "<m8[25s]", "|V7", "|O", "<M8", "<f16",
        ]
        for text in texts { #expect(NumPyType(parsing: text)?.description == text) }
        for text in ["", "<", "f", "<f3", "<x8", "<f8 ", "<f-8", "<M8[zz]", "<M8[", "<f99999999999999999999", "<b2"] {
            #expect(NumPyType(parsing: text) == nil)
        }
        #expect(Double.numPyType.description == "<f8" && Int.numPyType.description == "<i8")
        #expect(UInt8.numPyType.description == "|u1" && Bool.numPyType.description == "|b1")
    }

    @Test("either byte order gives the same numbers")
    func byteOrder() throws {
        #expect(try read(Int32.self, ">i4", [0, 0, 1, 2, 255, 255, 255, 254], shape: [2]) == [258, -2])
        #expect(try read(Int32.self, "<i4", [2, 1, 0, 0, 254, 255, 255, 255], shape: [2]) == [258, -2])
        #expect(try read(Double.self, ">f8", [0x3f, 0xf8, 0, 0, 0, 0, 0, 0], shape: [1]) == [1.5])
        #expect(try read(UInt16.self, ">u2", [1, 2], shape: []) == [258])
    }

    @Test("numbers become another type only when their value stays")
    func conversions() throws {
        #expect(try read(Int.self, "|i1", [1, 255], shape: [2]) == [1, -1])
        #expect(try read(Double.self, ">i2", [1, 0, 255, 255], shape: [2]) == [256, -1])
        #expect(try read(Float.self, "<f8", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], shape: [1]) == [1.5])
        #expect(try read(UInt8.self, "<i8", [200, 0, 0, 0, 0, 0, 0, 0], shape: [1]) == [200])
        #expect(try read(Double.self, "<f2", [0, 0x3c, 1, 0, 0, 0xfc], shape: [3]) == [1, 0x1p-24, -.infinity])
        #expect(try read(Float.self, "<f8", [0, 0, 0, 0, 0, 0, 0xf8, 0x7f], shape: [1])[0].isNaN)
        let third = unsafe withUnsafeBytes(of: (1.0 / 3).bitPattern.littleEndian) { unsafe Array($0) }
        let error = #expect(throws: JoblibError.self) { try read(Float.self, "<f8", third, shape: [1]) }
        #expect(error?.code == .typeMismatch)
        #expect(
            error?.message
                == "element 0 of 'x.npy' is 0.3333333333333333 (float64), which Float cannot hold exactly"
        )
        #expect(error?.remedy == "Read the elements as Double.")
        #expect(throws: JoblibError.self) { try read(UInt8.self, "<i2", [255, 255], shape: [1]) }
        #expect(throws: JoblibError.self) { try read(Int.self, "<f4", [0, 0, 0, 0], shape: [1]) }
        #expect(throws: JoblibError.self) { try read(Int.self, "|b1", [1], shape: [1]) }
        #expect(throws: JoblibError.self) {
            try read(Double.self, "<c16", [UInt8](repeating: 0, count: 16), shape: [1])
        }
    }

    @Test("truth values are 0 and 1 in Swift, whatever a file has")
    func booleans() throws {
        #expect(try read(Bool.self, "|b1", [0, 1, 2, 255], shape: [4]) == [false, true, true, true])
    }

    @Test("Fortran order becomes C order, for all shapes of up to four dimensions")
    func fortran() throws {
        for shape in [[2, 3], [1, 5], [3, 1, 2], [2, 3, 4], [33, 65], [2, 3, 2, 5], [0, 3], [7], []] {
            let count = shape.reduce(1, *)
            var expected = [UInt16](repeating: 0, count: count)
            // The element that lies at `place` in Fortran order is numbered so; find its place in C order.
            for place in 0..<count {
                var rest = place
                var indices: [Int] = []
                for length in shape {
                    indices.append(rest % length)
                    rest /= length
                }
                expected[zip(indices, shape).reduce(0) { $0 * $1.1 + $1.0 }] = UInt16(place)
            }
            let bytes = (0..<count).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
            #expect(try read(UInt16.self, "<u2", bytes, shape: shape, fortran: true) == expected)
        }
    }

    @Test("a shape larger than any memory is refused")
    func hugeShapes() {
        for shape in [[1 << 50], [1 << 40, 1 << 40], [-1], [.max, .max, 2]] {
            #expect(throws: JoblibError.self) { try read(Double.self, "<f8", [], shape: shape) }
        }
    }
}
