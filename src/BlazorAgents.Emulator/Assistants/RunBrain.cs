using System.Text.Json;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>Asks the server's brain: the demo's rules directly, any other with a chat completion request.</summary>
internal sealed class RunBrain(IBrain brain, TimeProvider time, IServiceProvider services)
{
    public async Task<DemoAnswer> AnswerAsync(ChatRequest request, CancellationToken ct)
    {
        if (brain is DemoModel)
        {
            return DemoRules.Answer(request, time);
        }

        using var written = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, RequestAborted = ct };
        context.Request.Method = HttpMethods.Post;
        context.Request.Path = "/v1/chat/completions";
        context.Response.Body = written;
        if (!await brain.TryAnswerAsync(new Exchange(context, WireJson.Bytes(Json(request)), time, ct)))
        {
            throw new ApiErrorException(new ApiError(StatusCodes.Status500InternalServerError, "The model has no answer to this run."));
        }

        var answer = WireJson.TryParse(written.ToArray(), out var root) ? root : default;
        if (context.Response.StatusCode != StatusCodes.Status200OK)
        {
            throw new ApiErrorException(new ApiError(context.Response.StatusCode, answer.Member("error")?.Text("message") ?? "The model failed."));
        }

        var message = answer.Items("choices").FirstOrDefault().Member("message") ?? throw new ApiErrorException(new ApiError(StatusCodes.Status500InternalServerError, "The model's answer could not be read."));
        return new DemoAnswer(message.Text("content") ?? "", [.. message.Items("tool_calls").Select(Call)]);
    }

    private static ToolCall Call(JsonElement call) =>
        new(call.Text("id") ?? "", call.Member("function")?.Text("name") ?? "", call.Member("function")?.Text("arguments") ?? "{}");

    private static Dictionary<string, object> Json(ChatRequest request)
    {
        var body = new Dictionary<string, object> { ["model"] = request.Model, ["messages"] = request.Messages.Select(Message) };
        if (request.Tools.Count > 0)
        {
            body["tools"] = request.Tools.Select(tool => new { type = "function", function = Function(tool) });
            body["parallel_tool_calls"] = request.ParallelCalls;
            body["tool_choice"] = request.ForcedTool is { } name ? new { type = "function", function = new { name } } : request.MustCallTool ? "required" : "auto";
        }

        if (request.Schema is { } schema)
        {
            body["response_format"] = new { type = "json_schema", json_schema = new { name = "answer", schema } };
        }
        else if (request.JsonObject)
        {
            body["response_format"] = new { type = "json_object" };
        }

        return body;
    }

    private static Dictionary<string, object> Function(ToolSpec tool)
    {
        var function = new Dictionary<string, object> { ["name"] = tool.Name, ["description"] = tool.Description };
        if (tool.Parameters.ValueKind == JsonValueKind.Object)
        {
            function["parameters"] = tool.Parameters;
        }

        return function;
    }

    private static Dictionary<string, object?> Message(ChatTurn turn)
    {
        var message = new Dictionary<string, object?> { ["role"] = turn.Role, ["content"] = turn.Text };
        if (turn.ToolCalls.Count > 0)
        {
            message["tool_calls"] = turn.ToolCalls.Select(call => new { id = call.Id, type = "function", function = new { name = call.Name, arguments = call.Arguments } });
        }

        if (turn.ToolCallId is not null)
        {
            message["tool_call_id"] = turn.ToolCallId;
        }

        return message;
    }
}
