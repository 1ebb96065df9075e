using System.Diagnostics;
using BlazorAgents.E2E.Fixtures;

namespace BlazorAgents.E2E.Reliability;

/// <summary>A start of the application that must not succeed: what it printed and how it ended.</summary>
internal sealed record FailedStart(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // What the machine may have set for itself.
    private static readonly string[] s_foreignSettings =
        ["OPENAI_", "AZURE_", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "Setup__", "Limits__", "Logging__", "Data__", "Demo__", "Runs__", "Provider__", "Weather__"];

    /// <summary>Starts the application on a data folder; throws when it has not ended within a minute.</summary>
    public static async Task<FailedStart> RunAsync(string dataFolder, params (string Name, string Value)[] settings)
    {
        using var process = new Process { StartInfo = Prepare(dataFolder, settings) };
        process.Start();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(s_patience);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return new FailedStart(process.ExitCode, await output, await error);
    }

    /// <summary>Checks that the end was an error, and that it was said in one line that contains the words, without a stack trace.</summary>
    public void AssertSaid(params string[] words)
    {
        Assert.True(ExitCode == 1, $"It ended with {ExitCode}:\n{Error}\n{Output}");
        var line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("BlazorAgents cannot start. ", line, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
    }

    private static ProcessStartInfo Prepare(string dataFolder, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { PublishedApp.Program },
            WorkingDirectory = PublishedApp.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => s_foreignSettings.Any(name.StartsWith)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // it leaves a socket and pipes behind when it is killed
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Data__Folder"] = dataFolder;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
