using System.Text;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>What a program may use up, what it printed, and the files of its folder.</summary>
internal sealed class Machine(IReadOnlyDictionary<string, byte[]> files)
{
    private const long MostSteps = 3_000_000;
    private const long MostMilliseconds = 5_000;
    private const int StepsBetweenLooks = 256;
    private const int MostOutput = 64 * 1024;
    private const int MostFiles = 20;
    private const int MostFileBytes = 4 * 1024 * 1024;

    [ThreadStatic]
    private static Machine? t_current;

    private readonly Dictionary<string, byte[]> _files = new(files);
    private readonly long _start = Environment.TickCount64;
    private long _steps;

    /// <summary>The machine of the program that runs on this thread.</summary>
    public static Machine? Current
    {
        get => t_current;
        set => t_current = value;
    }

    public StringBuilder Output { get; } = new();

    /// <summary>Files that the program wrote, by name.</summary>
    public Dictionary<string, byte[]> Written { get; } = [];

    public Chart Chart { get; set; } = new();

    /// <summary>Pays for work; too much of it, or too long, ends the program.</summary>
    public void Spend(long steps = 1)
    {
        var before = _steps;
        _steps += Math.Max(1, steps);
        if (_steps > MostSteps || (before / StepsBetweenLooks != _steps / StepsBetweenLooks && Environment.TickCount64 - _start > MostMilliseconds))
        {
            throw new PythonError("TimeoutError", "the offline demo's small Python stopped the program: too many steps");
        }
    }

    /// <summary>Pays for a value that was just made, by its size.</summary>
    public object? Paid(object? value)
    {
        Spend(value switch { List<object?> list => list.Count, object?[] tuple => tuple.Length, string text => text.Length / 8, _ => 1 });
        return value;
    }

    public void Print(string text)
    {
        Spend(text.Length / 8);
        if (Output.Length + text.Length > MostOutput)
        {
            throw new PythonError("MemoryError", "the program printed too much");
        }

        Output.Append(text);
    }

    public byte[] Read(string path) => _files.TryGetValue(Name(path), out var bytes) ? bytes : throw new PythonError("FileNotFoundError", $"[Errno 2] No such file or directory: '{path}'");

    public void Write(string path, byte[] bytes)
    {
        if (bytes.Length > MostFileBytes || (Written.Count >= MostFiles && !Written.ContainsKey(Name(path))))
        {
            throw new PythonError("OSError", "the offline demo's small Python writes at most 20 files of 4 MiB");
        }

        _files[Name(path)] = Written[Name(path)] = bytes;
    }

    /// <summary>There is one folder, /mnt/data; a path to any other place is refused.</summary>
    private static string Name(string path)
    {
        var name = path.StartsWith("/mnt/data/", StringComparison.Ordinal) ? path["/mnt/data/".Length..] : path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        return name.Length is > 0 and <= 100 && name.IndexOfAny(['/', '\\', '\0']) < 0 && name is not ("." or "..")
            ? name
            : throw new PythonError("PermissionError", $"[Errno 13] Permission denied: '{path}'");
    }
}
