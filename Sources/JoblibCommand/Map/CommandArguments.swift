internal import JoblibSystem

/// What the parser is given.
enum CommandArguments {
    /// nil: the arguments as Swift reads them. For `joblib map`, in whose arguments are names of files, all bytes are
    /// kept.
    static var forParser: [String]? {
        let raw = RawArguments.all
        return raw.first == Array("map".utf8) ? raw.map(ByteText.string) : nil
    }
}
