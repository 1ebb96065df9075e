using System.Text.Json;
using BlazorAgents.Data;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>Rebuilds from stored items what a model must see. After it every function call has its result.</summary>
internal static class HistoryBuilder
{
    /// <summary>What a model is told about a call whose result was never stored.</summary>
    public const string CutOff = """{"error":"The call was cut off; its outcome is unknown."}""";

    /// <summary>The messages of one answer, from its items in order.</summary>
    public static List<ChatMessage> ToMessages(IEnumerable<ItemPayload> items)
    {
        var answer = new AnswerMessages();
        foreach (var item in items)
        {
            switch (item)
            {
                case ItemPayload.Text { Content.Length: > 0 } text:
                    answer.AddText(text.Content);
                    break;
                case ItemPayload.FunctionCall call:
                    answer.AddCall(call);
                    break;
                case ItemPayload.FunctionResult result:
                    answer.AddResult(result);
                    break;
            }
        }

        return answer.ToList();
    }

    private sealed class AnswerMessages
    {
        private readonly List<ChatMessage> _messages = [];
        private readonly List<AIContent> _said = [];
        private readonly List<FunctionCallContent> _calls = [];
        private readonly Dictionary<string, string> _results = [];

        public void AddText(string text)
        {
            // Text after calls belongs to the next step.
            if (_calls.Count > 0)
            {
                CloseStep();
            }

            _said.Add(new TextContent(text));
        }

        public void AddCall(ItemPayload.FunctionCall call)
        {
            if (_results.Count > 0)
            {
                CloseStep();
            }

            var content = new FunctionCallContent(call.CallId, call.Name, ReadArguments(call.Arguments));
            _calls.Add(content);
            _said.Add(content);
        }

        public void AddResult(ItemPayload.FunctionResult result) => _results[result.CallId] = result.Result;

        public List<ChatMessage> ToList()
        {
            CloseStep();
            return _messages;
        }

        private void CloseStep()
        {
            if (_said.Count > 0)
            {
                _messages.Add(new ChatMessage(ChatRole.Assistant, [.. _said]));
            }

            if (_calls.Count > 0)
            {
                _messages.Add(new ChatMessage(
                    ChatRole.Tool,
                    [.. _calls.Select(call => new FunctionResultContent(call.CallId, _results.GetValueOrDefault(call.CallId, CutOff)))]));
            }

            _said.Clear();
            _calls.Clear();
            _results.Clear();
        }

        // A provider refuses a history whose arguments are not a JSON object; what was not one is sent as an empty one.
        private static Dictionary<string, object?> ReadArguments(string json)
        {
            try
            {
                return JsonSerializer.Deserialize<Dictionary<string, object?>>(json) ?? [];
            }
            catch (JsonException)
            {
                return [];
            }
        }
    }
}
