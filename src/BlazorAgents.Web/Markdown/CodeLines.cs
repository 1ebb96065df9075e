using System.Text;

namespace BlazorAgents.Web.Markdown;

/// <summary>Collects classed text as complete lines of HTML.</summary>
internal sealed class CodeLines
{
    private readonly List<string> _lines = [];
    private readonly StringBuilder _line = new();

    public void Append(ReadOnlySpan<char> text, string? @class)
    {
        while (text.IndexOf('\n') is >= 0 and var end)
        {
            AppendRun(text[..end], @class);
            _lines.Add(_line.Append('\n').ToString());
            _line.Clear();
            text = text[(end + 1)..];
        }

        AppendRun(text, @class);
    }

    public IReadOnlyList<string> Finish()
    {
        if (_line.Length > 0)
        {
            _lines.Add(_line.ToString());
        }

        return _lines;
    }

    private void AppendRun(ReadOnlySpan<char> text, string? @class)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (@class is null)
        {
            _line.AppendEscaped(text);
        }
        else
        {
            _line.Append("<span class=\"").Append(@class).Append("\">").AppendEscaped(text).Append("</span>");
        }
    }
}
