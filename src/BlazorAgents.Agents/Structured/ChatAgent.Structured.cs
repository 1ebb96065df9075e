using System.Runtime.CompilerServices;
using System.Text.Json;
using BlazorAgents.Agents.Structured;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <content>Answers with a form: C# types, or any JSON Schema (<see cref="JsonElement"/> with <see cref="AgentRunOptions.ResponseFormat"/>).</content>
public sealed partial class ChatAgent
{
    /// <summary>The answer to <paramref name="message"/> as a value.</summary>
    /// <inheritdoc cref="RunAsync{T}(IReadOnlyList{ChatMessage}, AgentThread?, AgentRunOptions?, CancellationToken)"/>
    public Task<AgentResponse<T>> RunAsync<T>(
        string message,
        AgentThread? thread = null,
        AgentRunOptions? runOptions = null,
        CancellationToken cancellationToken = default) =>
        RunAsync<T>([new ChatMessage(ChatRole.User, message)], thread, runOptions, cancellationToken);

    /// <summary>The answer to <paramref name="messages"/> as a value: checked, and corrected by the model where it did not fit.</summary>
    /// <exception cref="ArgumentException">The input is empty, or <typeparamref name="T"/> is JsonElement and no format is given.</exception>
    /// <exception cref="StructuredOutputException">The model gave no valid answer.</exception>
    /// <exception cref="AgentException">The model call failed.</exception>
    public async Task<AgentResponse<T>> RunAsync<T>(
        IReadOnlyList<ChatMessage> messages,
        AgentThread? thread = null,
        AgentRunOptions? runOptions = null,
        CancellationToken cancellationToken = default)
    {
        var run = CreateRun(messages, thread, (runOptions ?? new AgentRunOptions()) with { ResponseFormat = FormatOf<T>(runOptions) });
        var reason = AgentFinishReason.Empty;
        await foreach (var update in run.StreamAsync(cancellationToken))
        {
            reason = update is AgentUpdate.Finished finished ? finished.Reason : reason;
        }

        return new AgentResponse<T>(run.AddedMessages, run.Usage, reason, AnswerOf(run, reason).ValueAs<T>());
    }

    /// <summary>Streams the answer to <paramref name="message"/>: its steps, what there is of it so far, and its value with the last step.</summary>
    /// <inheritdoc cref="RunAsync{T}(IReadOnlyList{ChatMessage}, AgentThread?, AgentRunOptions?, CancellationToken)"/>
    public IAsyncEnumerable<StructuredUpdate<T>> RunStreamingAsync<T>(
        string message,
        AgentThread? thread = null,
        AgentRunOptions? runOptions = null,
        CancellationToken cancellationToken = default) =>
        RunStreamingAsync<T>([new ChatMessage(ChatRole.User, message)], thread, runOptions, cancellationToken);

    /// <summary>Streams the answer to <paramref name="messages"/>: its steps, what there is of it so far, and its value with the last step.</summary>
    /// <inheritdoc cref="RunAsync{T}(IReadOnlyList{ChatMessage}, AgentThread?, AgentRunOptions?, CancellationToken)"/>
    public async IAsyncEnumerable<StructuredUpdate<T>> RunStreamingAsync<T>(
        IReadOnlyList<ChatMessage> messages,
        AgentThread? thread = null,
        AgentRunOptions? runOptions = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var format = FormatOf<T>(runOptions);
        var run = CreateRun(messages, thread, (runOptions ?? new AgentRunOptions()) with { ResponseFormat = format });
        var partial = format.CreatePartial();
        await foreach (var update in run.StreamAsync(cancellationToken))
        {
            StructuredAnswer? answer = null;
            switch (update)
            {
                case AgentUpdate.StepStarted or AgentUpdate.AnswerRejected:
                    partial = format.CreatePartial();
                    break;
                case AgentUpdate.TextDelta delta:
                    partial.Append(delta.Text);
                    break;
                case AgentUpdate.Finished finished:
                    answer = AnswerOf(run, finished.Reason);
                    break;
            }

            yield return new StructuredUpdate<T>(update, format, partial.Snapshot(), answer);
        }
    }

    private StructuredFormat FormatOf<T>(AgentRunOptions? runOptions)
    {
        if (typeof(T) != typeof(JsonElement))
        {
            var own = Options.ResponseFormat is { } format && format.ValueType == typeof(T) ? format : null;
            return (runOptions?.ResponseFormat ?? own)?.ReadAs(typeof(T)) ?? StructuredFormat.For<T>();
        }

        return runOptions?.ResponseFormat ?? Options.ResponseFormat
            ?? throw new ArgumentException($"A JSON answer needs {nameof(AgentRunOptions.ResponseFormat)}: it says which form the JSON has.", nameof(runOptions));
    }

    private static StructuredAnswer AnswerOf(AgentRun run, AgentFinishReason reason) => run.Answer ?? throw new StructuredOutputException(
        reason switch
        {
            AgentFinishReason.Length => StructuredProblem.Truncated,
            AgentFinishReason.ContentFilter => StructuredProblem.Filtered,
            AgentFinishReason.ToolLimit => StructuredProblem.ToolLimit,
            _ when run.IsRefusal => StructuredProblem.Refused,
            _ => StructuredProblem.Empty,
        },
        run.IsRefusal ? RefusalText.Of(run.AddedMessages) : run.LastText);
}
