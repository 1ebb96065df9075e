using System.Text;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Text files of the program's folder: open, read, write, lines.</summary>
internal static class TextFile
{
    private const int MostCharacters = 4 * 1024 * 1024;

    public static PyObject Open(IReadOnlyList<object?> values, IReadOnlyDictionary<string, object?> named, Machine machine)
    {
        var path = values.Count > 0 ? Values.Text(values[0]) : throw PythonError.Type("open() needs a file name");
        var mode = values.Count > 1 ? Values.Text(values[1]) : named.TryGetValue("mode", out var given) ? Values.Text(given) : "r";
        return mode switch
        {
            "r" or "rt" => Reader(Encoding.UTF8.GetString(machine.Read(path)), machine),
            "w" or "wt" => Writer(path, "", machine),
            "a" or "at" => Writer(path, Existing(path, machine), machine),
            _ => throw PythonError.Unknown($"open mode '{mode}'"),
        };
    }

    private static string Existing(string path, Machine machine)
    {
        try
        {
            return Encoding.UTF8.GetString(machine.Read(path));
        }
        catch (PythonError)
        {
            return "";
        }
    }

    private static PyObject Reader(string text, Machine machine)
    {
        List<object?> Lines() => [.. text.Split('\n').Select((line, index) => (line, index)).Where(entry => entry.line.Length > 0 || entry.index < text.Count(sign => sign == '\n')).Select(entry => (object?)(entry.line + "\n"))];
        machine.Spend(text.Length / 8);
        return new PyObject("file", new Dictionary<string, object?>
        {
            ["read"] = (Callable)((_, _) => text),
            ["readlines"] = (Callable)((_, _) => Lines()),
            ["close"] = (Callable)((_, _) => null),
        }) { Items = Lines };
    }

    private static PyObject Writer(string path, string start, Machine machine)
    {
        var text = new StringBuilder(start);
        machine.Write(path, Encoding.UTF8.GetBytes(start));
        object? Save()
        {
            machine.Write(path, Encoding.UTF8.GetBytes(text.ToString()));
            return null;
        }

        void Add(string piece)
        {
            machine.Spend(piece.Length / 8);
            text.Append(text.Length + piece.Length <= MostCharacters ? piece : throw new PythonError("OSError", "the file is too large"));
        }

        return new PyObject("file", new Dictionary<string, object?>
        {
            ["write"] = (Callable)((values, _) =>
            {
                var piece = Values.Text(values.Count > 0 ? values[0] : null);
                Add(piece);
                return new System.Numerics.BigInteger(piece.Length);
            }),
            ["writelines"] = (Callable)((values, _) =>
            {
                foreach (var line in Operators.Items(values.Count > 0 ? values[0] : null))
                {
                    Add(Values.Text(line));
                }

                return null;
            }),
            ["close"] = (Callable)((_, _) => Save()),
        });
    }
}
