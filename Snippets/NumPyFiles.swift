// NumPy's own files: one array in an NPY file, several in an NPZ archive.
import Foundation
import Joblib

// The files named below are made in a temporary folder.
let folder = NSTemporaryDirectory() + "joblib-numpy-files-\(ProcessInfo.processInfo.processIdentifier)"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
precondition(FileManager.default.changeCurrentDirectoryPath(folder))

// snippet.arrays
var grid = NDArray(repeating: Float(0), shape: [2, 3])
grid[1, 2] = 7
let row = try grid.reshaped(to: [-1])
print(grid, row.shape, grid.elements.max() ?? 0)  // [[0.0, 0.0, 0.0], [0.0, 0.0, 7.0]] [6] 7.0
// snippet.end
precondition(row[5] == 7 && "\(grid)" == "[[0.0, 0.0, 0.0], [0.0, 0.0, 7.0]]")

// snippet.npy
try NPY.write(grid, to: "grid.npy")
try NPY.write([1.5, 2, 3], to: "row.npy")
let (type, shape) = try NPY.layout(of: "grid.npy")  // <f4 [2, 3]: reads no element
let back = try NPY.read(NDArray<Float>.self, from: "grid.npy")
let mapped = try NPY.read([Double].self, from: "row.npy", mapped: true)
// snippet.end
precondition("\(type)" == "<f4" && shape == [2, 3] && back == grid && mapped == [1.5, 2, 3])

// snippet.conversion
// Numbers of another type are read if none of them changes.
let wider = try NPY.read(NDArray<Double>.self, from: "grid.npy")
do {
    _ = try NPY.read([Int].self, from: "row.npy")
} catch let error as JoblibError {
    print(error)  // 'row.npy' holds elements of NumPy's type float64, not Int. Read them as Double.
}
// snippet.end
precondition(wider[1, 2] == 7)
do {
    _ = try NPY.read([Int].self, from: "row.npy")
    preconditionFailure("1.5 is no Int")
} catch let error as JoblibError {
    precondition(error.code == .typeMismatch)
}

// snippet.npz
try NPZ.write(["grid": grid, "labels": [3, 1, 2]], to: "sample.npz", compressed: true)
let archive = try NPZ.Archive("sample.npz")
for name in archive.names { print(name, try archive.layout(of: name).shape) }
let labels = try archive.read([Int].self, named: "labels")
let onlyGrid = try NPZ.read(NDArray<Float>.self, named: "grid", from: "sample.npz")
// snippet.end
precondition(archive.names == ["grid", "labels"] && labels == [3, 1, 2] && onlyGrid == grid)

try FileManager.default.removeItem(atPath: folder)
