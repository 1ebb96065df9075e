using System.Runtime.InteropServices;
using System.Text;

namespace BlazorAgents.Testing.Specification;

/// <summary>Finds the events in the bytes of an event stream, however they are cut.</summary>
/// <param name="onEvent">Gets the name (null for none) and the data of each event that has data.</param>
internal sealed class SseSplitter(Action<string?, string> onEvent)
{
    private readonly List<byte> _line = [];
    private readonly List<string> _data = [];
    private string? _name;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            if (one == '\n')
            {
                var line = Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_line)).TrimEnd('\r');
                _line.Clear();
                AddLine(line);
            }
            else
            {
                _line.Add(one);
            }
        }
    }

    private void AddLine(string line)
    {
        if (line.Length == 0)
        {
            if (_data.Count > 0)
            {
                onEvent(_name, string.Join('\n', _data));
            }

            _data.Clear();
            _name = null;
            return;
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var (field, value) = colon < 0 ? (line, string.Empty) : (line[..colon], line[(colon + 1)..]);
        value = value.StartsWith(' ') ? value[1..] : value;
        if (field == "data")
        {
            _data.Add(value);
        }
        else if (field == "event")
        {
            _name = value;
        }
    }
}
