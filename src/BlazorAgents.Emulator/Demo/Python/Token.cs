namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>A token; Text of a string is its content, of a line's end and of an indentation empty.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line);
