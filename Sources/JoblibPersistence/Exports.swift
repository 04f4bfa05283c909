@_exported public import JoblibErrors
