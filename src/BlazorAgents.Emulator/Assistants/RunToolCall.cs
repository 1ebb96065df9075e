using BlazorAgents.Emulator.VectorStores;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>A tool call of a run. Changed under the store's lock only.</summary>
internal sealed class RunToolCall(ToolCall call, string kind, FileSearchOptions? search)
{
    public ToolCall Call => call;

    /// <summary>function, file_search or code_interpreter.</summary>
    public string Kind => kind;

    /// <summary>What the model gets to read: a function's output, what code printed, or found passages as JSON. Null until it is there.</summary>
    public string? Output { get; set; }

    public IReadOnlyList<VectorHit> Hits { get; set; } = [];

    /// <summary>The code of a code_interpreter call.</summary>
    public string Code => WireJson.TryParse(call.Arguments, out var arguments) ? arguments.Text("code") ?? "" : "";

    /// <summary>The call as required_action shows it.</summary>
    public object Required => new { id = call.Id, type = "function", function = new { name = call.Name, arguments = call.Arguments } };

    /// <summary>What a program printed, its error included.</summary>
    public string Logs { get; set; } = "";

    /// <summary>Ids of the pictures that a program drew.</summary>
    public IReadOnlyList<string> Images { get; set; } = [];

    /// <summary>Other files that a program wrote, with their ids.</summary>
    public IReadOnlyList<(string Name, string FileId)> Written { get; set; } = [];

    public object Shape(bool withContent) => kind switch
    {
        "function" => new { id = call.Id, type = kind, function = new { name = call.Name, arguments = call.Arguments, output = Output } },
        "code_interpreter" => new { id = call.Id, type = kind, code_interpreter = new { input = Code, outputs = CodeOutputs() } },
        _ => new { id = call.Id, type = kind, file_search = new { ranking_options = search!.Shape, results = Hits.Select(hit => Result(hit, withContent)).ToList() } },
    };

    /// <summary>The first delta: what kind of call begins.</summary>
    public object DeltaStart(int index) => kind switch
    {
        "function" => new { index, id = call.Id, type = kind, function = new { name = call.Name, arguments = "", output = (string?)null } },
        "code_interpreter" => new { index, id = call.Id, type = kind, code_interpreter = new { input = "", outputs = Array.Empty<object>() } },
        _ => new { index, id = call.Id, type = kind, file_search = new { } },
    };

    /// <summary>A delta with more arguments or code.</summary>
    public object DeltaInput(int index, string piece) => kind == "function"
        ? new { index, type = kind, function = new { arguments = piece } }
        : new { index, type = kind, code_interpreter = new { input = piece } };

    /// <summary>The delta with what a program printed and drew.</summary>
    public object DeltaOutputs(int index)
    {
        var first = Logs.Length > 0 ? 1 : 0;
        IEnumerable<object> images = Images.Select((id, place) => new { index = first + place, type = "image", image = new { file_id = id } });
        return new { index, type = kind, code_interpreter = new { outputs = first == 0 ? images : images.Prepend(new { index = 0, type = "logs", logs = Logs }) } };
    }

    private IEnumerable<object> CodeOutputs()
    {
        IEnumerable<object> images = Images.Select(id => new { type = "image", image = new { file_id = id } });
        return Logs.Length == 0 ? images : images.Prepend(new { type = "logs", logs = Logs });
    }

    private static object Result(VectorHit hit, bool withContent) => withContent
        ? new { file_id = hit.FileId, file_name = hit.FileName, score = hit.Score, content = new[] { new { type = "text", text = hit.Text } } }
        : new { file_id = hit.FileId, file_name = hit.FileName, score = hit.Score };
}
