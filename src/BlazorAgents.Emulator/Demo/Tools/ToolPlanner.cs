using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Demo.Extract;
using BlazorAgents.Emulator.Demo.Talk;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Plans the next round of tool calls.</summary>
internal sealed partial class ToolPlanner(Conversation conversation)
{
    private const int MostRounds = 6;
    private const int ShortReply = 4;

    private readonly IReadOnlyList<ToolSpec> _tools = conversation.Request.Tools;
    private readonly ToolChooser _chooser = new(conversation.Request.Tools);
    private readonly HashSet<string> _called = [.. conversation.Steps.Select(step => step.Call.Name)];

    public ToolPlan Plan(bool followsUp = true)
    {
        if (_tools.Count == 0 || conversation.Steps.Count >= MostRounds || SmallTalk.IsOnlyPolite(conversation.Question))
        {
            return ToolPlan.Nothing;
        }

        var evidence = new Evidence(conversation.Question, null, "", conversation.EarlierUserTexts, conversation.AllSteps, Things(conversation.Question), conversation.Time);
        if (conversation.Request.ForcedTool is { } forced)
        {
            return Ready([_tools.First(tool => tool.Name == forced)], evidence, mustCall: true);
        }

        var wanted = _chooser.Choose(conversation.Question);
        if (wanted.Count == 0 && followsUp && conversation.BeforeQuestion() is { } before)
        {
            (wanted, evidence) = FollowUp(before, evidence);
        }

        if (CodeTool(wanted, evidence) is { } code)
        {
            wanted = [code];
        }

        if (wanted.Count == 0 && Phrases.Url(conversation.Question) is not null && Taking(StringKind.Url) is { } fetch)
        {
            wanted = [fetch];
        }

        if (wanted.Count == 0 && KnowledgeTool() is { } knowledge)
        {
            wanted = [knowledge];
        }

        if (wanted.Count == 0 && conversation.Request.MustCallTool)
        {
            wanted = [_tools[0]];
        }

        return Ready(wanted, evidence, conversation.Request.MustCallTool);
    }

    private IReadOnlyList<string> Things(string text) => References.PointsBack(text) ? [] : References.Things(text, _tools);

    /// <summary>The answer to our own question, or "and in Paris?" after a call.</summary>
    private (IReadOnlyList<ToolSpec> Wanted, Evidence Evidence) FollowUp(Conversation before, Evidence evidence)
    {
        if (conversation.LastAnswer.TrimEnd().EndsWith('?') && new ToolPlanner(before).Plan(followsUp: false) is { Missing: { } missing } earlier)
        {
            return (earlier.Wanted, evidence with { Things = Things(before.Question), Text = before.Question + "\n" + conversation.Question, Asked = missing.Name, Reply = conversation.Question });
        }

        if (Elliptic().IsMatch(conversation.Question) || (Words.All(conversation.Question).Count <= ShortReply && Places.In(conversation.Question).Count > 0))
        {
            var names = ToolStep.From(conversation.Turns, before.LastUser + 1).Select(step => step.Call.Name).ToHashSet();
            return ([.. _tools.Where(tool => names.Contains(tool.Name))], evidence);
        }

        return ([], evidence);
    }

    /// <summary>The tool that runs code, for what the demo can program and no other tool can compute.</summary>
    private ToolSpec? CodeTool(IReadOnlyList<ToolSpec> wanted, Evidence evidence)
    {
        var computes = wanted.Count == 0 || (wanted.Count == 1 && new ArgumentFiller(evidence).Fill(wanted[0])[0].Missing is { } missing && StringKinds.Of(missing) == StringKind.Expression);
        return computes && CodeWriter.For(evidence.Text) is not null
            ? Taking(StringKind.Code)
            : null;
    }

    /// <summary>The first tool that needs an argument of the kind.</summary>
    private ToolSpec? Taking(StringKind kind) =>
        _tools.FirstOrDefault(tool => new SchemaNode(tool.Parameters, tool.Parameters).Properties.Any(parameter => parameter.Required && StringKinds.Of(parameter) == kind));

    /// <summary>A question that no tool's name fits still goes to the one that searches documents, if there is one.</summary>
    private ToolSpec? KnowledgeTool()
    {
        if (!Question().IsMatch(conversation.Question) || Words.Content(conversation.Question).Count == 0 || PersonalTalk().IsMatch(conversation.Question) || Sums.In(conversation.Question) is not null)
        {
            return null;
        }

        return _tools.FirstOrDefault(tool => Knowledge().IsMatch(tool.Name.Replace('_', ' ') + " " + tool.Description)
            && new SchemaNode(tool.Parameters, tool.Parameters).Properties.Any(parameter => StringKinds.Of(parameter) == StringKind.Query));
    }

    private ToolPlan Ready(IReadOnlyList<ToolSpec> wanted, Evidence evidence, bool mustCall)
    {
        var filler = new ArgumentFiller(evidence);
        var chain = InstructedChain.For(conversation.Instructions, wanted, _chooser);
        if (chain.Count > 1)
        {
            return OneByOne(chain, wanted, filler);
        }

        var own = ClauseOwners.Of(evidence.Text, wanted, _chooser);
        var calls = new List<FilledCall>();
        (ToolSpec Tool, SchemaNode Parameter)? missing = null;
        foreach (var tool in wanted.Where(tool => !_called.Contains(tool.Name)))
        {
            var filled = own is null ? filler.Fill(tool) : new ArgumentFiller(evidence with { Text = own[tool] }).Fill(tool);
            if (filled[0].Missing is { } parameter && !(mustCall && _called.Count == 0))
            {
                if (Provider(parameter, wanted, filler) is { } provider)
                {
                    calls.AddRange(provider);
                }
                else
                {
                    missing ??= (tool, parameter);
                }
            }
            else if (!WaitsFor(tool, wanted))
            {
                calls.AddRange(filled);
            }
        }

        return new ToolPlan(wanted, [.. calls.DistinctBy(call => call.Tool.Name + call.Arguments.ToJsonString())], missing?.Tool, missing?.Parameter);
    }

    private ToolPlan OneByOne(IReadOnlyList<ToolSpec> chain, IReadOnlyList<ToolSpec> wanted, ArgumentFiller filler)
    {
        if (conversation.Steps.Count > 0 && ToolResults.IsFailure(conversation.Steps[^1].Result))
        {
            return ToolPlan.Nothing;
        }

        // Everything the chain needs is asked for before its first call.
        foreach (var tool in chain.Where(tool => !_called.Contains(tool.Name)))
        {
            if (filler.Fill(tool)[0].Missing is { } parameter)
            {
                return Provider(parameter, wanted, filler) is { } provider
                    ? new ToolPlan(wanted, provider, null, null)
                    : new ToolPlan(wanted, [], tool, parameter);
            }
        }

        var next = chain.FirstOrDefault(tool => !_called.Contains(tool.Name));
        return next is null ? ToolPlan.Nothing : new ToolPlan(wanted, filler.Fill(next), null, null);
    }

    /// <summary>A search that can find the missing id, ready to be called.</summary>
    private IReadOnlyList<FilledCall>? Provider(SchemaNode parameter, IReadOnlyList<ToolSpec> wanted, ArgumentFiller filler)
    {
        if (StringKinds.Of(parameter) != StringKind.Id)
        {
            return null;
        }

        var calls = _tools.Where(tool => !_called.Contains(tool.Name) && Provides(tool, parameter)).Select(filler.Fill).FirstOrDefault(filled => filled[0].Missing is null);
        return calls is null || wanted.Any(tool => tool == calls[0].Tool && _called.Contains(tool.Name)) ? null : calls;
    }

    /// <summary>"Find a laptop and check its stock": the check waits for what the search of the same round finds.</summary>
    private bool WaitsFor(ToolSpec tool, IReadOnlyList<ToolSpec> wanted) =>
        new SchemaNode(tool.Parameters, tool.Parameters).Properties
            .Where(parameter => parameter.Required && StringKinds.Of(parameter) == StringKind.Id && Ids.InText(conversation.Question, parameter, true) is null)
            .Any(parameter => wanted.Any(other => other != tool && !_called.Contains(other.Name) && Provides(other, parameter)));

    private static bool Provides(ToolSpec tool, SchemaNode parameter)
    {
        var words = Words.Content(tool.Name).Select(Synonyms.Canonical).ToList();
        var nouns = Ids.Nouns(parameter);
        return words.Any(word => word is "search" or "list") && nouns.Any(noun => words.Contains(Synonyms.Canonical(noun)) || Words.Content(tool.Description).Contains(noun));
    }

    [GeneratedRegex(@"^\s*(?:and|what about|how about|also|same for|now)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Elliptic();

    [GeneratedRegex(@"\?|^\s*(?:what|who|where|when|which|why|how|do|does|can|could|is|are|explain|tell me about|describe|summari[sz]e)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Question();

    [GeneratedRegex(@"\b(?:my name|your name|who are you|who am i|what can you do|tell me a (?:story|joke)|how are you)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PersonalTalk();

    [GeneratedRegex(@"\b(?:knowledge|documents?|documentation|docs|files?|handbook|manuals?|polic(?:y|ies))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Knowledge();
}
