// Values in files that Python's joblib opens, and values from its files.
import Foundation
import Joblib

// The files named below are made in a temporary folder.
let folder = NSTemporaryDirectory() + "joblib-saving-values-\(ProcessInfo.processInfo.processIdentifier)"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
precondition(FileManager.default.changeCurrentDirectoryPath(folder))

// snippet.dump
struct Model: Codable, Equatable {
    var name: String
    var weights: [Double]
}

let model = Model(name: "linear", weights: [0.5, -1.25, 3])
try dump(model, to: "model.joblib")
let same = try load(Model.self, from: "model.joblib")
// In Python, joblib.load("model.joblib")["weights"] is a NumPy array.
// snippet.end
precondition(same == model)

// snippet.compression
try dump(model, to: "model.joblib.gz")  // by the extension
try dump(model, to: "small.joblib", compression: .xz)
try dump(model, to: "quick.joblib", compression: .zlib(level: 1))
// How a file is compressed is seen from its first bytes, whatever its name.
let unpacked = try load(Model.self, from: "small.joblib")
// snippet.end
let others = try ["model.joblib.gz", "quick.joblib"].map { try load(Model.self, from: $0) }
precondition(unpacked == model && others == [model, model])
let gzip = try Data(contentsOf: URL(fileURLWithPath: "model.joblib.gz"))
precondition(Array(gzip.prefix(2)) == [0x1f, 0x8b])

// snippet.mapped
try dump((0..<1_000_000).map { Double($0) }, to: "big.joblib")
// 8 MB that are not read: an ordinary array, whose elements are the pages of the file.
let big = try load([Double].self, from: "big.joblib", mapped: true)
print(big[999_999])  // 999999.0
// snippet.end
precondition(big.count == 1_000_000 && big[999_999] == 999_999)

// snippet.unknown
let unknown = try load(JoblibValue.self, from: "model.joblib")
print(unknown["name"] ?? .none)  // "linear"
if case .array(let array)? = unknown["weights"] {
    print(array.type, array.shape, try array.elements(as: Double.self))  // <f8 [3] [0.5, -1.25, 3.0]
}
// snippet.end
precondition(unknown["name"] == .string("linear") && unknown["weights"]?[1] == .float(-1.25))

// snippet.python
// What Python has and Codable does not: tuples, sets, complex numbers, dictionaries with any keys.
let pair: JoblibValue = .tuple([1, "one"])
let table: JoblibValue = .dictionary(JoblibDictionary([(key: pair, value: .complex(real: 0, imaginary: 1))]))
try dump(table, to: "table.joblib")  // {(1, 'one'): 1j}
// snippet.end
let entry = try load(JoblibValue.self, from: "table.joblib")[key: pair]
precondition(entry == .complex(real: 0, imaginary: 1))

// snippet.arrays
// Arrays of any number of dimensions, in a structure like any other value.
struct Layer: Codable {
    var weights: NDArray<Float>
    var bias: [Float]
}

let layer = Layer(weights: try NDArray(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6]), bias: [0.5, 0.25])
try dump([layer], to: "layers.joblib")  // a list of a dictionary with two NumPy arrays
let weights = try load([Layer].self, from: "layers.joblib")[0].weights
print(weights[1, 2], weights.shape)  // 6.0 [2, 3]
// snippet.end
precondition(weights == layer.weights)

// snippet.errors
struct Other: Codable { var name: Int }

do {
    _ = try load(Other.self, from: "model.joblib")
} catch let error as JoblibError {
    print(error.code, error)  // typeMismatch, with the place in the file, and what is there
}
// snippet.end
do {
    _ = try load(Other.self, from: "model.joblib")
    preconditionFailure("a text is no number")
} catch let error as JoblibError {
    precondition(error.code == .typeMismatch && error.description.contains("name"))
}

// snippet.codec
/// Bytes as they are, behind four that say so: a method of compression at its simplest.
struct Stored: CompressionCodec {
    let name = "stored"
    let fileExtensions = [".stored"]
    let magic = Array("STOR".utf8)

    func makeEncoder(level: Int?) -> any CompressionStream { StoredStream(mark: magic, isWriting: true) }
    func makeDecoder() -> any CompressionStream { StoredStream(mark: magic, isWriting: false) }
}

try CompressorRegistry.register(Stored())
try dump(model, to: "model.stored")
let stored = try load(Model.self, from: "model.stored")
// snippet.end
precondition(stored == model)
let start = try Data(contentsOf: URL(fileURLWithPath: "model.stored")).prefix(4)
precondition(Array(start) == Array("STOR".utf8))

// snippet.stream
final class StoredStream: CompressionStream {
    private var mark: ArraySlice<UInt8>
    private let isWriting: Bool

    init(mark: [UInt8], isWriting: Bool) {
        self.mark = mark[...]
        self.isWriting = isWriting
    }

    // It may be called with any number of bytes, and need not take all of them.
    func process(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        isLast: Bool
    ) throws -> CompressionProgress {
        if isWriting, let byte = mark.popFirst() {
            unsafe output[0] = byte
            return CompressionProgress(consumed: 0, produced: 1, isFinished: false)
        }
        if !isWriting, !mark.isEmpty {
            let count = min(mark.count, input.count)
            mark.removeFirst(count)
            return CompressionProgress(consumed: count, produced: 0, isFinished: false)
        }
        let count = min(input.count, output.count)
        // Safe: both have so many bytes.
        unsafe output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[..<count]))
        return CompressionProgress(
            consumed: count,
            produced: count,
            isFinished: isLast && count == input.count
        )
    }
}
// snippet.end

try FileManager.default.removeItem(atPath: folder)
