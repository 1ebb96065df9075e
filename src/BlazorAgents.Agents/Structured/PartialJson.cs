using System.Text;

namespace BlazorAgents.Agents.Structured;

/// <summary>
/// Reads JSON that is still being written, and completes what is there to a valid document: open strings, numbers, literals, lists and
/// objects are closed; a name without a value is left out. Each character is looked at once. Not thread-safe.
/// </summary>
/// <param name="start">Where the document begins.</param>
public sealed class PartialJson(PartialJsonStart start = PartialJsonStart.First)
{
    private const int MaxDepth = 64; // what System.Text.Json reads

    private StringBuilder _json = new();
    private State _state = start is PartialJsonStart.First ? State.Value : State.Before;
    private JsonNumberState _number;
    private string _literal = "";
    private ulong _objects; // one bit a level: an object, or a list
    private int _depth;
    private int _committed; // up to here the document is valid once its levels are closed
    private int _begun; // where the literal or number began
    private int _safe; // up to here the open string or number may be cut
    private int _unicode;
    private int _unicodeLeft;
    private bool _isName;
    private bool _isPairOpen;

    private enum State
    {
        Before, Value, FirstValue, Name, FirstName, Colon, Text, Escape, Unicode, Number, Literal, After, Done, Broken,
    }

    /// <summary>A document has begun.</summary>
    public bool HasStarted => _json.Length > 0;

    /// <summary>The document has its end; what comes after it is ignored. A bare number has none.</summary>
    public bool IsComplete => _state is State.Done;

    /// <summary>Completes the beginning of a document; null when nothing of a value is there yet.</summary>
    public static string? Complete(string beginning)
    {
        var reader = new PartialJson();
        reader.Append(beginning);
        return reader.Complete();
    }

    /// <summary>Takes more text.</summary>
    public void Append(ReadOnlySpan<char> text) => Read(text);

    /// <summary>The document so far, completed; null when nothing of a value is there yet.</summary>
    public string? Complete() => Snapshot().ToString() is { Length: > 0 } json ? json : null;

    /// <summary>Takes text up to the end of the document; the result is how many characters were taken.</summary>
    internal int Read(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (_state is State.Done or State.Broken)
            {
                return i;
            }

            Take(text[i]);
        }

        return text.Length;
    }

    /// <summary>The document as it stands, without copying it.</summary>
    internal PartialJsonSnapshot Snapshot() => _state switch
    {
        State.Text or State.Escape or State.Unicode when !_isName => new(_json, _safe, "\"" + Closers()),
        State.Number when _safe > _begun => new(_json, _safe, Closers()),
        State.Literal => new(_json, _begun, _literal + Closers()),
        _ when _committed == 0 => default,
        _ => new(_json, _committed, Closers()),
    };

    private string Closers() => string.Create(_depth, _objects, static (closers, objects) =>
    {
        for (var level = 0; level < closers.Length; level++)
        {
            closers[closers.Length - 1 - level] = (objects >> level & 1) != 0 ? '}' : ']';
        }
    });

    private void Take(char c)
    {
        if (_state is State.Before)
        {
            Search(c);
            return;
        }

        var isTaken = _state is State.Number ? JsonNumber.TryTake(ref _number, c) || (EndNumber() && TakeOther(c)) : TakeOther(c);
        if (!isTaken)
        {
            Fail(c);
            return;
        }

        _json.Append(c);
        AfterTaking();
    }

    // The character is in the text now: positions that include it can be set.
    private void AfterTaking()
    {
        switch (_state)
        {
            case State.FirstName or State.FirstValue or State.Done:
                _committed = _json.Length;
                break;
            case State.After when _json[^1] is '"' or '}' or ']' or 'e' or 'l':
                _committed = _json.Length;
                break;
            case State.Text when !_isPairOpen:
            case State.Number when JsonNumber.MayEnd(_number):
                _safe = _json.Length;
                break;
        }
    }

    private bool TakeOther(char c)
    {
        switch (_state)
        {
            case State.Text:
                return TakeText(c);
            case State.Escape:
                return TakeEscape(c);
            case State.Unicode:
                return TakeUnicode(c);
            case State.Literal:
                return TakeLiteral(c);
        }

        if (c is ' ' or '\t' or '\n' or '\r')
        {
            return true;
        }

        switch (_state)
        {
            case State.FirstValue when c is ']':
            case State.FirstName when c is '}':
                return Close();
            case State.Value or State.FirstValue:
                return Begin(c);
            case State.Name or State.FirstName when c is '"':
                (_state, _isName, _isPairOpen) = (State.Text, true, false);
                return true;
            case State.Colon when c is ':':
                _state = State.Value;
                return true;
            case State.After when c is ',':
                _state = IsObject ? State.Name : State.Value;
                return true;
            case State.After when c == (IsObject ? '}' : ']'):
                return Close();
            default:
                return false;
        }
    }

    private bool IsObject => (_objects >> (_depth - 1) & 1) != 0;

    private bool Begin(char c)
    {
        _begun = _json.Length;
        switch (c)
        {
            case '{' or '[':
                return Open(c is '{');
            case '"':
                (_state, _isName, _isPairOpen) = (State.Text, false, false);
                return true;
            case 't' or 'f' or 'n':
                (_state, _literal) = (State.Literal, c is 't' ? "true" : c is 'f' ? "false" : "null");
                return true;
            case '-' or (>= '0' and <= '9'):
                (_state, _number, _safe) = (State.Number, JsonNumber.Begin(c), _begun);
                return true;
            default:
                return false;
        }
    }

    private bool Open(bool isObject)
    {
        if (_depth == MaxDepth)
        {
            return false;
        }

        _objects = isObject ? _objects | 1UL << _depth : _objects & ~(1UL << _depth);
        _depth++;
        _state = isObject ? State.FirstName : State.FirstValue;
        return true;
    }

    private bool Close()
    {
        _depth--;
        _state = _depth == 0 ? State.Done : State.After;
        return true;
    }

    // Only the character behind a number tells that it has ended.
    private bool EndNumber()
    {
        if (_safe != _json.Length)
        {
            return false;
        }

        _committed = _safe;
        _state = _depth == 0 ? State.Done : State.After;
        return true;
    }

    private bool TakeText(char c)
    {
        switch (c)
        {
            case '"' when _isName:
                _state = State.Colon;
                return true;
            case '"':
                _state = _depth == 0 ? State.Done : State.After;
                return true;
            case '\\':
                _state = State.Escape;
                return true;
            default:
                _isPairOpen = char.IsHighSurrogate(c);
                return c >= ' ';
        }
    }

    private bool TakeEscape(char c)
    {
        (_state, _unicode, _unicodeLeft) = (c is 'u' ? State.Unicode : State.Text, 0, 4);
        _isPairOpen &= c is 'u';
        return c is 'u' or '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't';
    }

    private bool TakeUnicode(char c)
    {
        if (!char.IsAsciiHexDigit(c))
        {
            return false;
        }

        _unicode = _unicode * 16 + Convert.ToInt32(c.ToString(), 16);
        if (--_unicodeLeft == 0)
        {
            (_state, _isPairOpen) = (State.Text, char.IsHighSurrogate((char)_unicode));
        }

        return true;
    }

    private bool TakeLiteral(char c)
    {
        var at = _json.Length - _begun;
        if (c != _literal[at])
        {
            return false;
        }

        if (at == _literal.Length - 1)
        {
            _state = _depth == 0 ? State.Done : State.After;
        }

        return true;
    }

    private void Search(char c)
    {
        if (c is '{' || (c is '[' && start is PartialJsonStart.Anywhere))
        {
            Begin(c);
            _json.Append(c);
            AfterTaking();
        }
    }

    // What looked like a document was prose: the search goes on behind it. Snapshots keep the old text.
    private void Fail(char c)
    {
        if (start is PartialJsonStart.First)
        {
            _state = State.Broken;
            return;
        }

        (_json, _state, _depth, _objects, _committed) = (new StringBuilder(), State.Before, 0, 0, 0);
        Search(c);
    }
}
