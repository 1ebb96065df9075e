using System.Runtime.CompilerServices;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Walks over tokens.</summary>
internal abstract class ParserBase(IReadOnlyList<Token> tokens)
{
    private int _at;

    /// <summary>Place in the tokens, to read some of them again.</summary>
    protected int Mark
    {
        get => _at;
        set => _at = value;
    }

    protected Token Now => tokens[_at];

    protected int Line => Now.Line;

    protected bool Is(string text) => Now.Text == text && Now.Kind is TokenKind.Sign or TokenKind.Name;

    protected bool IsNext(string text) => tokens[Math.Min(_at + 1, tokens.Count - 1)].Text == text;

    protected bool Try(string text)
    {
        if (!Is(text))
        {
            return false;
        }

        _at++;
        return true;
    }

    protected bool Try(TokenKind kind)
    {
        if (Now.Kind != kind)
        {
            return false;
        }

        _at++;
        return true;
    }

    protected void Expect(string text)
    {
        if (!Try(text))
        {
            throw Unexpected($"expected '{text}'");
        }
    }

    protected Token Take(TokenKind kind) => Now.Kind == kind ? tokens[_at++] : throw Unexpected("invalid syntax");

    protected PythonError Unexpected(string message) => PythonError.Syntax(Now.Kind is TokenKind.Line or TokenKind.End ? message : $"{message} at '{Now.Text}'", Line);

    protected static void Deepen() => RuntimeHelpers.EnsureSufficientExecutionStack();
}
