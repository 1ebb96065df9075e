using System.Text;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace BlazorAgents.OpenAI.Chat;

/// <summary>Puts the deltas of parallel function calls together by their index.</summary>
internal sealed class ToolCallAssembler
{
    private readonly List<PartialCall> _calls = [];

    public void Add(IReadOnlyList<Sdk.StreamingChatToolCallUpdate> deltas)
    {
        foreach (var delta in deltas)
        {
            // Some servers send whole calls that all bear index 0: another id means another call.
            var call = _calls.FindLast(c => c.Index == delta.Index);
            if (call is null || (!string.IsNullOrEmpty(delta.ToolCallId) && !string.IsNullOrEmpty(call.Id) && delta.ToolCallId != call.Id))
            {
                call = new PartialCall(delta.Index);
                _calls.Add(call);
            }

            call.Id = string.IsNullOrEmpty(delta.ToolCallId) ? call.Id : delta.ToolCallId;
            call.Name.Append(call.Name.ToString() == delta.FunctionName ? null : delta.FunctionName);
            if (delta.FunctionArgumentsUpdate is { } arguments)
            {
                call.Arguments.Write(arguments.ToMemory().Span);
            }
        }
    }

    /// <summary>The calls so far, which are complete once the answer has finished; each comes out once.</summary>
    public IReadOnlyList<FunctionCallContent> TakeComplete()
    {
        FunctionCallContent[] calls = [.. _calls.Select(c => ToolCallArguments.CreateCall(
            c.Id ?? string.Empty, c.Name.ToString(), Encoding.UTF8.GetString(c.Arguments.ToArray())))];
        _calls.Clear();
        return calls;
    }

    private sealed class PartialCall(int index)
    {
        public int Index { get; } = index;

        public string? Id { get; set; }

        public StringBuilder Name { get; } = new();

        public MemoryStream Arguments { get; } = new();
    }
}
