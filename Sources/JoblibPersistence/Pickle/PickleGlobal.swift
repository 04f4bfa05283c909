/// The names of Python's that a file may use. No code of theirs is run: each stands for a few lines in this module.
enum PickleGlobal {
    case arrayWrapper
    case arrayClass
    case arrayConstructor
    case arrayFromBuffer
    case elementType
    case scalar
    case set
    case frozenSet
    case list
    case tuple
    case dictionary
    case bytes
    case byteArray
    case complex
    case encode
    /// What protocols 0 and 1 make objects with.
    case objectConstructor
    case objectClass
    /// Any other name, for those who only look.
    case other(String)

    private static let known: [String: PickleGlobal] = {
        var known: [String: PickleGlobal] = [
            "joblib.numpy_pickle NumpyArrayWrapper": .arrayWrapper,
            "numpy ndarray": .arrayClass,
            "numpy memmap": .arrayClass,
            "numpy matrix": .arrayClass,
            "numpy dtype": .elementType,
            "_codecs encode": .encode,
            "copy_reg _reconstructor": .objectConstructor,
            "copyreg _reconstructor": .objectConstructor,
            "collections OrderedDict": .dictionary,
        ]
        // NumPy 2 renamed its core; Python 3 renamed its built-in names.
        for core in ["numpy.core", "numpy._core"] {
            known["\(core).multiarray _reconstruct"] = .arrayConstructor
            known["\(core).multiarray scalar"] = .scalar
            known["\(core).multiarray ndarray"] = .arrayClass
            known["\(core).numeric _frombuffer"] = .arrayFromBuffer
            known["\(core).memmap memmap"] = .arrayClass
        }
        for module in ["numpy", "numpy.matrixlib.defmatrix"] { known["\(module) matrix"] = .arrayClass }
        for module in ["builtins", "__builtin__"] {
            known["\(module) set"] = .set
            known["\(module) frozenset"] = .frozenSet
            known["\(module) list"] = .list
            known["\(module) tuple"] = .tuple
            known["\(module) dict"] = .dictionary
            known["\(module) bytes"] = .bytes
            known["\(module) bytearray"] = .byteArray
            known["\(module) object"] = .objectClass
            known["\(module) complex"] = .complex
        }
        return known
    }()

    /// Finds a name, or says what to do about a file that needs another one.
    static func find(module: String, name: String) throws(PickleProblem) -> PickleGlobal {
        if let global = known[module + " " + name] { return global }
        let full = (module + "." + name).shortened(to: 120)
        switch module.split(separator: ".").first {
        case "joblib" where name.hasSuffix("NDArrayWrapper"):
            throw .unsupported(
                "it was written by a joblib older than 0.10 (\(full))",
                "Load and dump it again in Python with a newer joblib."
            )
        case "numpy":
            throw .unsupported(
                "it holds NumPy's \(full), which no value here stands for",
                "In Python, convert it to a plain array, list or number and dump it again."
            )
        default:
            throw .unsupported(
                "it holds an object of Python's \(full), and no code that a file names is ever run",
                "In Python, dump its data instead: dictionaries, lists, strings, numbers and NumPy arrays."
            )
        }
    }
}

extension String {
    /// For messages: a name from a damaged file may be as long as the file.
    func shortened(to length: Int) -> String {
        let clean = unicodeScalars.prefix(length + 1).map { $0.properties.generalCategory == .control ? "?" : $0 }
        var text = ""
        text.unicodeScalars.append(contentsOf: clean.prefix(length))
        return clean.count > length ? text + "…" : text
    }
}
