internal import JoblibSystem

extension NPZ {
    /// An open archive, of which arrays are read one by one.
    ///
    /// ```swift
    /// let archive = try NPZ.Archive("model.npz")
    /// for name in archive.names { print(name, try archive.layout(of: name).shape) }
    /// let weights = try archive.read(NDArray<Float>.self, named: "weights")
    /// let labels = try archive.read([Int].self, named: "labels")
    /// ```
    public struct Archive: Sendable {
        let file: FileReader
        private let members: [String: ZipMember]

        /// The names of the arrays, without `.npy`, in the order in which they lie in the file.
        public let names: [String]

        /// Opens an archive and reads its directory.
        ///
        /// ```swift
        /// let archive = try NPZ.Archive("model.npz")
        /// ```
        ///
        /// - Parameter path: The file; it stays open as long as this value, or a copy, lives.
        /// - Throws: ``JoblibError`` if the file cannot be read, or is no zip archive.
        public init(_ path: String) throws {
            do {
                file = try FileReader(path)
                var members: [String: ZipMember] = [:]
                var names: [String] = []
                for member in try ZipDirectory(file).members where member.name.hasSuffix(".npy") {
                    let name = String(member.name.dropLast(4))
                    // Of two with one name the last counts, as in Python.
                    if members.updateValue(member, forKey: name) == nil { names.append(name) }
                }
                self.members = members
                self.names = names
            } catch let problem as ZipProblem {
                throw JoblibError.otherFormat(path, "NPZ archive", than: .zip)
                    ?? JoblibError.damagedNPZ(JoblibError.quoted(path), problem.reason)
            } catch {
                throw JoblibError.cannotRead(path, cause: error)
            }
        }

        /// Reads one array, and nothing of the others.
        ///
        /// ```swift
        /// let labels = try archive.read([Int].self, named: "labels")
        /// ```
        ///
        /// - Parameters:
        ///   - type: What to make of it: an ``NDArray``, or an `Array` for one dimension.
        ///   - name: Its name, without `.npy`.
        ///   - mapped: Whether the elements may be the pages of the file, which are read when they are touched; their
        ///     checksum is not looked at then. That is possible for arrays which are not compressed and begin at a
        ///     multiple of 16 bytes, as ``NPZ/write(_:to:compressed:)`` has them; NumPy does not care, and such
        ///     arrays are read as usual. The file must not be shortened meanwhile.
        /// - Returns: The array.
        /// - Throws: ``JoblibError`` if there is no array of that name, if it is damaged, or if the type cannot hold it.
        public func read<A: NumPyArray>(
            _ type: A.Type,
            named name: String,
            mapped: Bool = false
        ) throws -> A {
            try withMember(name) { input, subject in
                let place = input.storedRange.map {
                    NPYPlace(file: file, start: $0.lowerBound, end: $0.upperBound)
                }
                let (array, isMapped) = try unsafe NPY.read(type, in: subject, at: place, mapped: mapped) {
                    try unsafe input.fill($0)
                }
                if !isMapped { try input.finish() }
                return array
            }
        }

        /// The type and shape of an array, without reading its elements.
        ///
        /// ```swift
        /// let (type, shape) = try archive.layout(of: "weights")
        /// ```
        ///
        /// - Parameter name: Its name, without `.npy`.
        /// - Throws: ``JoblibError`` if there is no array of that name, or if it is damaged.
        public func layout(of name: String) throws -> (type: NumPyType, shape: [Int]) {
            try withMember(name) { input, subject in
                let layout = try unsafe NPYHeader.read(in: subject) { try unsafe input.fill($0) }.layout
                return (layout.type, layout.shape)
            }
        }

        func withMember<R>(
            _ name: String,
            _ body: (ZipMemberInput, String) throws -> R
        ) throws(JoblibError) -> R {
            guard let member = members[name] else {
                throw JoblibError.noMember(name, in: JoblibError.quoted(file.path), names: names)
            }
            let subject = "array \(JoblibError.quoted(name)) in \(JoblibError.quoted(file.path))"
            do {
                return try body(ZipMemberInput(member, of: file, subject: subject), subject)
            } catch let problem as ZipProblem {
                throw JoblibError.damagedNPZ(subject, problem.reason)
            } catch {
                throw JoblibError.cannotRead(file.path, cause: error)
            }
        }
    }
}
