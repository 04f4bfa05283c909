// Transports are named in the options of `.processes`.
@_exported public import JoblibCoding
@_exported public import JoblibErrors
