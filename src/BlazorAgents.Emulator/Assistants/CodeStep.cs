using BlazorAgents.Emulator.Demo.Python;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>code_interpreter: runs the demo's Python over the files of the assistant and the thread, and keeps what it writes as files.</summary>
internal static class CodeStep
{
    private const string OutputPurpose = "assistants_output";

    public static void Run(EmulatorState state, Run run, RunToolCall call, RunPen pen)
    {
        var inputs = pen.Read(() => run.Settings.Resources.CodeFiles.Union(run.Thread.Resources.CodeFiles).ToList())
            .Select(state.Files.Find).OfType<Files.StoredFile>()
            .DistinctBy(file => file.FileName).ToDictionary(file => file.FileName, file => file.Bytes.ToArray());
        var result = PythonRunner.Run(call.Code, inputs);
        var written = result.Files.Select(file => state.Files.Add(file.Key, OutputPurpose, file.Value)).ToList();
        pen.Change(() =>
        {
            call.Output = result.Error is { } error ? "Error: " + error : result.Output;
            call.Logs = result.Logs;
            call.Images = [.. written.Where(IsPicture).Select(file => file.Id)];
            call.Written = [.. written.Where(file => !IsPicture(file)).Select(file => (file.FileName, file.Id))];
        });
    }

    private static bool IsPicture(Files.StoredFile file) => file.FileName.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
}
