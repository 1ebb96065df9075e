namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>
/// Runs small Python programs inside this process: numbers, texts, lists, dictionaries, loops, functions, print, and a few modules.
/// No process is started, nothing outside is read or written, and steps, output and files are limited.
/// </summary>
internal static class PythonRunner
{
    /// <summary>What the program printed (an error as Python's last line, beginning with "Error:"), and the files it wrote.</summary>
    public static PythonResult Run(string code, IReadOnlyDictionary<string, byte[]> files)
    {
        var machine = new Machine(files);
        string? error = null;
        Machine.Current = machine;
        try
        {
            var frame = new Frame(null, machine);
            foreach (var statement in new StatementParser(Lexer.Read(code)).ParseAll())
            {
                statement(frame);
            }
        }
        catch (PythonError e)
        {
            error = e.Message;
        }
        catch (InsufficientExecutionStackException)
        {
            error = "RecursionError: maximum recursion depth exceeded";
        }
        finally
        {
            Machine.Current = null;
        }

        return new PythonResult(machine.Output.ToString(), error, machine.Written);
    }
}
