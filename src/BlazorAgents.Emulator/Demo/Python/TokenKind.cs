namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Kinds of tokens.</summary>
internal enum TokenKind
{
    Name,
    Number,
    Text,
    Format,
    Sign,
    Line,
    Indent,
    Dedent,
    End,
}
