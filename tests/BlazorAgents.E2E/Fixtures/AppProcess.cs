using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>The real application as a process of its own: a loopback port and a data folder of its own, killed at the end whatever happens.</summary>
public sealed partial class AppProcess : IAsyncDisposable
{
    /// <summary>The administrator that every started application has, unless the test says otherwise.</summary>
    public const string AdminEmail = "admin@example.com";

    /// <summary>The administrator's password.</summary>
    public const string AdminPassword = "correct horse battery";

    private const int SigTerm = 15;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private static readonly ConcurrentDictionary<Process, byte> s_running = new();
    private static readonly string[] s_foreignSettings = ["OPENAI_", "AZURE_", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "Setup__", "Limits__", "Logging__", "Data__", "Demo__"];

    private readonly TempFolder? _ownFolder;
    private readonly ReservedPort _port = ReservedPort.Take();
    private readonly Dictionary<string, string> _environment;
    private Process? _process;

    // A test host that is stopped in the middle leaves no server behind.
    static AppProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in s_running.Keys)
        {
            KillTree(process);
        }
    };

    private AppProcess(IReadOnlyDictionary<string, string?>? environment, string? dataFolder)
    {
        _ownFolder = dataFolder is null ? new TempFolder() : null;
        DataFolder = dataFolder ?? _ownFolder!.Path;
        _environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_port.Number}",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Data__Folder"] = DataFolder,
            ["Setup__AdminEmail"] = AdminEmail,
            ["Setup__AdminPassword"] = AdminPassword,
            ["Limits__SignInsPerMinute"] = "10000",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_EnableDiagnostics"] = "0", // it leaves a socket and pipes behind when it is killed
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                _environment.Remove(name);
            }
            else
            {
                _environment[name] = value;
            }
        }
    }

    /// <summary>Where the application keeps what must survive.</summary>
    public string DataFolder { get; }

    /// <summary>Its address; the same after a restart.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>What the current process printed.</summary>
    public AppOutput Output { get; private set; } = new();

    /// <summary>What all processes of this application printed.</summary>
    public string AllOutput => string.Concat(Outputs.Select(output => output.Text));

    /// <summary>The process id, for measuring.</summary>
    public int ProcessId => Current.Id;

    private List<AppOutput> Outputs { get; } = [];

    private Process Current => _process ?? throw new InvalidOperationException("The application is not running.");

    /// <summary>Starts the application and waits until it is ready. A null value takes a default setting away; a given data folder is the caller's to delete.</summary>
    public static async Task<AppProcess> StartAsync(IReadOnlyDictionary<string, string?>? environment = null, string? dataFolder = null)
    {
        var app = new AppProcess(environment, dataFolder);
        try
        {
            await app.LaunchAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: the process ends at once, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        KillTree(Current);
        await WaitForEndAsync();
    }

    /// <summary>SIGTERM; returns the exit code once the process has ended by itself.</summary>
    public Task<int> TerminateAsync()
    {
        BeginTerminate();
        return WaitForEndAsync();
    }

    /// <summary>Sends SIGTERM and returns at once.</summary>
    public void BeginTerminate()
    {
        if (Kill(Current.Id, SigTerm) != 0)
        {
            throw new InvalidOperationException("SIGTERM could not be sent.");
        }
    }

    /// <summary>Waits for the process to end by itself; returns its exit code.</summary>
    public async Task<int> WaitForEndAsync()
    {
        var process = Current;
        await process.WaitForExitAsync().WaitAsync(s_patience);
        var code = process.ExitCode;
        s_running.TryRemove(process, out _);
        process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Starts again after <see cref="KillAsync"/> or <see cref="TerminateAsync"/>: same folder, same port, other settings where given.</summary>
    public Task RestartAsync(IReadOnlyDictionary<string, string?>? changes = null)
    {
        foreach (var (name, value) in changes ?? new Dictionary<string, string?>())
        {
            _environment[name] = value ?? "";
        }

        return LaunchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            KillTree(_process);
            await WaitForEndAsync();
        }

        _port.Dispose();
        _ownFolder?.Dispose();
    }

    private async Task LaunchAsync()
    {
        Output = new AppOutput();
        Outputs.Add(Output);
        var process = Prepare(Output);
        process.Start();
        _process = process;
        s_running.TryAdd(process, 0);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var listening = await Output.WaitForAsync(Listening(), s_patience);
        BaseUrl = new Uri(listening.Groups[1].Value);
        await WaitUntilReadyAsync();
    }

    private Process Prepare(AppOutput output)
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

        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => output.Add(line.Data);
        process.Exited += (_, _) => output.Fail(new InvalidOperationException($"The application ended. It printed:\n{output.Text}"));
        return process;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var deadline = new CancellationTokenSource(s_patience);
        using var client = new HttpClient { BaseAddress = BaseUrl };
        using var ready = await client.GetAsync(new Uri("health/ready", UriKind.Relative), deadline.Token);
        if (!ready.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The application is not ready: {await ready.Content.ReadAsStringAsync(deadline.Token)}\n{Output.Text}");
        }
    }

    private static void KillTree(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // it has ended
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
