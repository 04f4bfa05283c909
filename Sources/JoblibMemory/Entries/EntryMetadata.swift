/// What an entry tells about itself beside the numbers in its head.
struct EntryMetadata: Codable {
    var function: String
    var version: String
    /// The values of the arguments, shortened.
    var arguments: [String]
    var resultType: String
}
