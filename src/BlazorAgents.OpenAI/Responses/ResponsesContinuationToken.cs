using System.Text.Json;
using BlazorAgents.Agents;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Where the reader of a background answer stands. Its bytes are JSON, fit for storing.</summary>
/// <param name="responseId">The answer.</param>
/// <param name="sequence">The last event that was read; null before the first.</param>
/// <param name="text">How far the answer's text is.</param>
internal sealed class ResponsesContinuationToken(string responseId, int? sequence, TextPosition text) : ResponseContinuationToken
{
    public string ResponseId => responseId;

    public int? Sequence => sequence;

    public TextPosition Text => text;

    /// <exception cref="AgentException">It is not a token of this client.</exception>
    public static ResponsesContinuationToken From(ResponseContinuationToken token)
    {
        if (token is ResponsesContinuationToken own)
        {
            return own;
        }

        try
        {
            var form = JsonSerializer.Deserialize<Form>(token.ToBytes().Span);
            if (form is { Id.Length: > 0 })
            {
                return new ResponsesContinuationToken(form.Id, form.Sequence, form.Text ?? TextPosition.Start);
            }
        }
        catch (JsonException)
        {
            // said below
        }

        throw new AgentException(AgentErrorKind.BadResponse, "The continuation token does not come from the Responses client. Start the answer again.");
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Form(responseId, sequence, text));

    private sealed record Form(string Id, int? Sequence, TextPosition? Text);
}
