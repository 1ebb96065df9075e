using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

// Which tools the next messages have.
public sealed partial class ChatSession
{
    /// <summary>Reads which tools the person may choose now. What is not theirs any more comes off the choice.</summary>
    public async Task<ToolMenu> ReadToolsAsync()
    {
        var (seen, opening) = (State, _opening);
        IReadOnlyList<ToolOffer> offers = [];
        IReadOnlyList<string> gone = [];
        var failure = await AttemptAsync(nameof(ReadToolsAsync), async user =>
        {
            offers = await ListToolsAsync(seen);
            if (opening == _opening && State.Agent == seen.Agent && State.Tools is var before && before.Within(offers) is var kept && kept != before)
            {
                gone = [.. before.Added.Concat(before.LeftOut).Except(kept.Added).Except(kept.LeftOut)];
                await ChooseAsync(user, kept);
            }
        });
        return new ToolMenu(offers, gone, Words(failure));
    }

    /// <summary>Switches a tool on or off for the next messages. Null when it is done, else why not.</summary>
    public async Task<string?> SetToolAsync(string name, bool isOn)
    {
        var (seen, opening) = (State, _opening);
        return Words(await AttemptAsync(nameof(SetToolAsync), async user =>
        {
            var offers = await ListToolsAsync(seen);
            var tool = offers.FirstOrDefault(offer => offer.Name == name)
                ?? throw new RunRequestException(RunRequestError.Invalid, "Tools: this one is not yours to choose here. Close the list and open it again.");
            if (opening != _opening || State.Agent != seen.Agent || State.IsSending)
            {
                throw new RunRequestException(RunRequestError.Busy, "Tools: the chat went on meanwhile. Choose again.");
            }

            await ChooseAsync(user, State.Tools.Within(offers).With(tool, isOn));
        }));
    }

    private static string? Words(ChatNotice? failure) =>
        failure is { CorrelationId: { } correlation } ? $"{failure.Text} Error {correlation}" : failure?.Text;

    private async Task<IReadOnlyList<ToolOffer>> ListToolsAsync(ChatState seen) => seen.Place is ChatPlace.New or ChatPlace.Ready
        ? await _grants.ListAsync((await _user.GetAsync()).ToActor(), seen.Agent.Id)
        : throw new RunRequestException(RunRequestError.NotFound, "The conversation is not open any more. Open it again.");

    // Shown at once, so that two switches in a row both count; a new conversation's is stored with its first message.
    private async Task ChooseAsync(string user, ToolChoice choice)
    {
        var before = State.Tools;
        Interlocked.Increment(ref _connected);
        Set(state => state with { Tools = choice });
        try
        {
            if (State is { Place: ChatPlace.Ready, ConversationId: var id })
            {
                await _conversations.SetToolsAsync(user, id, choice);
            }
        }
        catch
        {
            Set(state => state.Tools == choice ? state with { Tools = before } : state);
            throw;
        }
    }
}
