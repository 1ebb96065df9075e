using System.Text.Json;
using BlazorAgents.Emulator.Containers;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Demo.Python;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses.Hosted;

/// <summary>Runs the demo's Python in a container: one of the client's, or one made for the response.</summary>
internal sealed class CodeInterpreterTool(JsonElement tool, ContainerRegistry containers, CitationMarks marks, Func<string, CancellationToken, Task> pause) : IHostedTool
{
    private string? _containerId = tool.Text("container");

    public string Kind => "code_interpreter";

    public ToolSpec Spec { get; } = HostedSpec.Of("code_interpreter", "Run Python code and return what it prints.", "code", "Python source");

    public async Task<string?> RunAsync(ResponseRun run, ToolCall call, CancellationToken ct)
    {
        var code = HostedSpec.Argument(call, "code");
        var files = FilesOf(_containerId ??= CreateContainer());
        var id = WireId.New("ci");
        var index = run.Add(Item(id, "in_progress", "", null));
        HostedSpec.Events(run, id, index, "response.code_interpreter_call.in_progress");
        foreach (var piece in Pieces.Of(code))
        {
            run.Log.Append("response.code_interpreter_call_code.delta", ("item_id", id), ("output_index", index), ("delta", piece));
            await pause(piece, ct);
        }

        run.Log.Append("response.code_interpreter_call_code.done", ("item_id", id), ("output_index", index), ("code", code));
        HostedSpec.Events(run, id, index, "response.code_interpreter_call.interpreting");
        var result = PythonRunner.Run(code, files);
        var outputs = new List<object>();
        if (result.Logs.Length > 0)
        {
            outputs.Add(new { type = "logs", logs = result.Logs });
        }

        foreach (var (name, bytes) in result.Files)
        {
            var file = containers.Put(_containerId, name, "assistant", bytes);
            marks.AddOutput(name, _containerId, file.Id);
            if (name.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            {
                outputs.Add(new { type = "image", url = "data:image/png;base64," + Convert.ToBase64String(bytes) });
            }
        }

        HostedSpec.Events(run, id, index, "response.code_interpreter_call.completed");
        run.Complete(index, Item(id, "completed", code, outputs));
        return result.Error is { } error ? "Error: " + error : result.Output;
    }

    private string CreateContainer() =>
        containers.Create("auto", [.. tool.Member("container")?.Items("file_ids").Select(file => file.GetString()!) ?? []]).Id;

    private Dictionary<string, byte[]> FilesOf(string id) => containers.Use(id, container =>
        container.Files.Values.DistinctBy(file => file.Name).ToDictionary(file => file.Name, file => file.Bytes.ToArray()));

    private object Item(string id, string status, string code, object? outputs) =>
        new { id, type = "code_interpreter_call", status, code, container_id = _containerId, outputs };
}
