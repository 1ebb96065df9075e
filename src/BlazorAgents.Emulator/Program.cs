using System.Globalization;
using System.Runtime.InteropServices;
using BlazorAgents.Emulator;

var port = 4020;
if (args.Length > 0 && !(args is ["--port", var text] && int.TryParse(text, CultureInfo.InvariantCulture, out port) && port is >= 0 and <= 65535))
{
    await Console.Error.WriteLineAsync("Usage: BlazorAgents.Emulator [--port 0-65535]   (default 4020; 0 takes a free port)");
    return 2;
}

using var stop = new CancellationTokenSource();
void OnSignal(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);

await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Port = port }, stop.Token);
Console.WriteLine(server.BaseUrl);
var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var registration = stop.Token.Register(() => stopped.TrySetResult());
await stopped.Task;
return 0;
